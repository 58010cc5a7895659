package com.qcompany.stream.produce;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An event as the app means it, field by field.
 *
 * @param type eventType
 * @param customer customerId, a number that the app writes as a text
 * @param product productId, likewise
 * @param time timestamp as JSON; null to leave it out
 * @param category metadata.category of a productView, if it has one
 * @param source metadata.source of a productView, if it has one
 * @param quantity quantity as JSON, of an addToCart or purchase
 * @param amount totalAmount as JSON, of a purchase
 * @param payment paymentMethod of a purchase
 * @param recommended recommendedProductId of a recommendationClick
 * @param algorithm algorithm of a recommendationClick
 */
record AppEvent(
        String type,
        int customer,
        int product,
        @Nullable String time,
        @Nullable String category,
        @Nullable String source,
        @Nullable String quantity,
        @Nullable String amount,
        @Nullable String payment,
        @Nullable String recommended,
        @Nullable String algorithm) {

    static final String VIEW = "productView";
    static final String PURCHASE = "purchase";

    private static final String CART = "addToCart";
    private static final String CLICK = "recommendationClick";
    private static final List<String> CATEGORIES = List.of("Electronics", "Clothing", "Home & Kitchen", "Books");
    private static final List<String> SOURCES = List.of("Advertisement", "Search", "Direct");
    private static final List<String> PAYMENTS = List.of("Credit Card", "Debit Card", "PayPal");
    private static final List<String> ALGORITHMS = List.of("collaborative_filtering", "content_based");
    private static final int CUSTOMERS = 5_000;
    private static final int PRODUCTS = 1_000;
    private static final int LEAST_CENTS = 1_000;
    private static final int MOST_CENTS = 50_000;

    /** Draws one: half of them views, of which a tenth has empty metadata. */
    static AppEvent draw(SplittableRandom random, String time) {
        int shape = random.nextInt(100);
        int customer = 1 + random.nextInt(CUSTOMERS);
        int product = 1 + random.nextInt(PRODUCTS);
        if (shape < 50) {
            return shape < 5
                    ? new AppEvent(VIEW, customer, product, time, null, null, null, null, null, null, null)
                    : new AppEvent(
                            VIEW,
                            customer,
                            product,
                            time,
                            pick(CATEGORIES, random),
                            pick(SOURCES, random),
                            null,
                            null,
                            null,
                            null,
                            null);
        }
        String quantity = Integer.toString(1 + random.nextInt(5));
        if (shape < 70) {
            return new AppEvent(CART, customer, product, time, null, null, quantity, null, null, null, null);
        }
        return shape < 85
                ? purchase(random, customer, product, time)
                : new AppEvent(
                        CLICK,
                        customer,
                        product,
                        time,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Integer.toString(1 + random.nextInt(PRODUCTS)),
                        pick(ALGORITHMS, random));
    }

    /** Draws a purchase. */
    static AppEvent purchase(SplittableRandom random, String time) {
        return purchase(random, 1 + random.nextInt(CUSTOMERS), 1 + random.nextInt(PRODUCTS), time);
    }

    private static AppEvent purchase(SplittableRandom random, int customer, int product, String time) {
        return new AppEvent(
                PURCHASE,
                customer,
                product,
                time,
                null,
                null,
                Integer.toString(1 + random.nextInt(5)),
                money(LEAST_CENTS + random.nextInt(MOST_CENTS - LEAST_CENTS + 1)),
                pick(PAYMENTS, random),
                null,
                null);
    }

    AppEvent withTime(@Nullable String json) {
        return new AppEvent(
                type, customer, product, json, category, source, quantity, amount, payment, recommended, algorithm);
    }

    AppEvent withQuantity(String json) {
        return new AppEvent(
                type, customer, product, time, category, source, json, amount, payment, recommended, algorithm);
    }

    AppEvent withAmount(String json) {
        return new AppEvent(
                type, customer, product, time, category, source, quantity, json, payment, recommended, algorithm);
    }

    /** The event as the app writes it. */
    byte[] bytes() {
        return bytes("", "");
    }

    /** The event with further members, in the event and in its metadata. */
    byte[] bytes(String members, String metadata) {
        return new JsonText()
                .begin()
                .text("eventType", type)
                .text("customerId", Integer.toString(customer))
                .text("productId", Integer.toString(product))
                .json("timestamp", time)
                .object("metadata")
                .text("category", category)
                .text("source", source)
                .members(metadata)
                .end()
                .json("quantity", quantity)
                .json("totalAmount", amount)
                .text("paymentMethod", payment)
                .text("recommendedProductId", recommended)
                .text("algorithm", algorithm)
                .members(members)
                .end()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** An amount as a number without zeros that do not count, as the app's serializer writes it. */
    private static String money(int cents) {
        String fraction =
                cents % 100 == 0 ? "0" : cents % 10 == 0 ? "" + cents / 10 % 10 : "" + cents / 10 % 10 + cents % 10;
        return cents / 100 + "." + fraction;
    }

    private static <T> T pick(List<T> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
