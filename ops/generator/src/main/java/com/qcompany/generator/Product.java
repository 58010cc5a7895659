package com.qcompany.generator;

import java.util.List;

/**
 * A product on sale. Two names occur twice: Boots and Sandals.
 *
 * @param id product id, from 1
 * @param name name, not unique
 * @param cents unit price in cents
 */
record Product(int id, String name, String category, int cents) {

    static final List<Product> ALL =
            Lists.rows("products.csv").map(Product::parse).toList();

    /** Price as the source writes it, {@code 79.99}. */
    String price() {
        return cents / 100 + "." + (cents % 100 < 10 ? "0" : "") + cents % 100;
    }

    private static Product parse(List<String> fields) {
        return new Product(
                Integer.parseInt(fields.get(0)), fields.get(1), fields.get(2), Integer.parseInt(fields.get(3)));
    }
}
