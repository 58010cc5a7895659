package com.qcompany.generator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One right sale, before the source's quirks are put on it.
 *
 * @param transactionId unique id
 * @param date day of the sale
 * @param customer who bought
 * @param email e-mail as the source writes it, junk included
 * @param offer redeemed offer, 1 to 5; 0 for none
 * @param payment payment method
 * @param counter where it was sold; null for an online sale
 * @param delivery where it goes; null for a branch sale
 */
record Sale(
        String transactionId,
        LocalDate date,
        Person customer,
        String email,
        Product product,
        int offer,
        int units,
        String payment,
        @Nullable Counter counter,
        @Nullable Delivery delivery) {

    /** Columns of the source, its two misspelt names included. */
    static final List<String> COLUMNS = List.of(
            """
            transaction_date transaction_id customer_id customer_fname cusomter_lname cusomter_email
            sales_agent_id branch_id product_id product_name product_category
            offer_1 offer_2 offer_3 offer_4 offer_5 units unit_price is_online payment_method shipping_address"""
                    .split("\\s+"));

    /** Who sold it in which branch. */
    record Counter(int agent, int branch) {}

    /** Place and written address, {@code street/city/state/postal code}. */
    record Delivery(Place place, String address) {}

    /** What was paid, in hundredths of a cent: an offer's number is its discount in steps of 5 percent. */
    long paid() {
        return (long) units * product.cents() * (100 - 5 * offer);
    }

    /** Its fields in the order of {@link #COLUMNS}, empty where the source leaves them so. */
    List<String> fields() {
        List<String> fields = new ArrayList<>(COLUMNS.size() + 2);
        fields.add(date.getYear() + "-" + date.getMonthValue() + "-" + date.getDayOfMonth());
        fields.add(transactionId);
        fields.add(Integer.toString(customer.id()));
        fields.add(customer.firstName());
        fields.add(customer.lastName());
        fields.add(email);
        fields.add(counter == null ? "" : Integer.toString(counter.agent()));
        fields.add(counter == null ? "" : Integer.toString(counter.branch()));
        fields.add(Integer.toString(product.id()));
        fields.add(product.name());
        fields.add(product.category());
        for (int number = 1; number <= 5; number++) {
            fields.add(number == offer ? "True" : "");
        }
        fields.add(Integer.toString(units));
        fields.add(product.price());
        fields.add(delivery == null ? "no" : "yes");
        fields.add(payment);
        fields.add(delivery == null ? "" : delivery.address());
        return fields;
    }
}
