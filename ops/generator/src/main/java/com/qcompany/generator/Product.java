package com.qcompany.generator;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A product on sale. Two names occur twice: Boots and Sandals.
 *
 * @param id product id, from 1
 * @param name name, not unique
 * @param cents unit price in cents
 */
record Product(int id, String name, String category, int cents) {

    private static final String RANGE =
            """
            Laptop,Electronics,99999
            Smartphone,Electronics,69999
            Tablet,Electronics,29999
            Headphones,Electronics,9999
            T-Shirt,Clothing,1999
            Jeans,Clothing,4999
            Dress,Clothing,5999
            Sneakers,Footwear,7999
            Boots,Footwear,12999
            Sandals,Footwear,3999
            TV,Electronics,89999
            Monitor,Electronics,29999
            Printer,Electronics,14999
            Camera,Electronics,39999
            Hoodie,Clothing,2999
            Skirt,Clothing,3999
            Blouse,Clothing,2999
            Boots,Footwear,14999
            Sandals,Footwear,2999
            Heels,Footwear,5999
            Microwave,Appliances,12999
            Coffee Maker,Appliances,7999
            Toaster,Appliances,3999
            Blender,Appliances,4999
            Washing Machine,Appliances,49999
            Vacuum Cleaner,Appliances,19999
            Iron,Appliances,2999
            Hair Dryer,Appliances,1999
            Hair Straightener,Appliances,3999
            Electric Kettle,Appliances,2499
            """;

    /** Every product, by id. */
    static final List<Product> ALL = parse(RANGE.lines().toList());

    /** Price as the source writes it, {@code 79.99}. */
    String price() {
        return cents / 100 + "." + (cents % 100 < 10 ? "0" : "") + cents % 100;
    }

    private static List<Product> parse(List<String> lines) {
        return IntStream.range(0, lines.size())
                .mapToObj(index -> parse(index + 1, lines.get(index)))
                .toList();
    }

    private static Product parse(int id, String line) {
        List<String> fields = List.of(line.split(","));
        return new Product(id, fields.get(0), fields.get(1), Integer.parseInt(fields.get(2)));
    }
}
