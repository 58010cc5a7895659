package com.qcompany.generator.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Draws events of the app's shapes: half of them product views, of which a tenth has empty metadata. */
final class AppEvent {

    static final String PURCHASE = "purchase";
    static final String TIMESTAMP = "timestamp";
    static final String METADATA = "metadata";

    private static final List<String> CATEGORIES = List.of("Electronics", "Clothing", "Home & Kitchen", "Books");
    private static final List<String> SOURCES = List.of("Advertisement", "Search", "Direct");
    private static final List<String> PAYMENTS = List.of("Credit Card", "Debit Card", "PayPal");
    private static final List<String> ALGORITHMS = List.of("collaborative_filtering", "content_based");
    private static final int CUSTOMERS = 5_000;
    private static final int PRODUCTS = 1_000;
    private static final int MIN_CENTS = 1_000;
    private static final int MAX_CENTS = 50_000;

    private AppEvent() {}

    static ObjectNode draw(SplittableRandom random, String time) {
        int shape = random.nextInt(100);
        if (shape < 50) {
            ObjectNode view = event("productView", random, time);
            if (shape >= 5) {
                view.withObject("/" + METADATA)
                        .put("category", pick(CATEGORIES, random))
                        .put("source", pick(SOURCES, random));
            }
            return view;
        }
        if (shape < 70) {
            return event("addToCart", random, time).put("quantity", quantity(random));
        }
        return shape < 85
                ? purchase(random, time)
                : event("recommendationClick", random, time)
                        .put("recommendedProductId", id(PRODUCTS, random))
                        .put("algorithm", pick(ALGORITHMS, random));
    }

    static ObjectNode purchase(SplittableRandom random, String time) {
        return event(PURCHASE, random, time)
                .put("quantity", quantity(random))
                .put("totalAmount", money(MIN_CENTS + random.nextInt(MAX_CENTS - MIN_CENTS + 1)))
                .put("paymentMethod", pick(PAYMENTS, random));
    }

    /** The event as the app writes it. */
    static byte[] bytes(ObjectNode event) {
        return utf8(event.toString());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode event(String type, SplittableRandom random, String time) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("eventType", type)
                .put("customerId", id(CUSTOMERS, random))
                .put("productId", id(PRODUCTS, random))
                .put(TIMESTAMP, time);
        event.putObject(METADATA);
        return event;
    }

    private static String id(int max, SplittableRandom random) {
        return Integer.toString(1 + random.nextInt(max));
    }

    private static int quantity(SplittableRandom random) {
        return 1 + random.nextInt(5);
    }

    /** With one decimal where the second is zero, as the app writes numbers. */
    private static BigDecimal money(int cents) {
        return cents % 10 == 0 ? BigDecimal.valueOf(cents / 10, 1) : BigDecimal.valueOf(cents, 2);
    }

    private static String pick(List<String> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
