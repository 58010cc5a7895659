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

    private static final String RANGE =
            """
            1,Laptop,Electronics,99999
            2,Smartphone,Electronics,69999
            3,Tablet,Electronics,29999
            4,Headphones,Electronics,9999
            5,T-Shirt,Clothing,1999
            6,Jeans,Clothing,4999
            7,Dress,Clothing,5999
            8,Sneakers,Footwear,7999
            9,Boots,Footwear,12999
            10,Sandals,Footwear,3999
            11,TV,Electronics,89999
            12,Monitor,Electronics,29999
            13,Printer,Electronics,14999
            14,Camera,Electronics,39999
            15,Hoodie,Clothing,2999
            16,Skirt,Clothing,3999
            17,Blouse,Clothing,2999
            18,Boots,Footwear,14999
            19,Sandals,Footwear,2999
            20,Heels,Footwear,5999
            21,Microwave,Appliances,12999
            22,Coffee Maker,Appliances,7999
            23,Toaster,Appliances,3999
            24,Blender,Appliances,4999
            25,Washing Machine,Appliances,49999
            26,Vacuum Cleaner,Appliances,19999
            27,Iron,Appliances,2999
            28,Hair Dryer,Appliances,1999
            29,Hair Straightener,Appliances,3999
            30,Electric Kettle,Appliances,2499
            """;

    /** Every product, by id. */
    static final List<Product> ALL = RANGE.lines().map(Product::parse).toList();

    /** Price as the source writes it, {@code 79.99}. */
    String price() {
        return cents / 100 + "." + (cents % 100 < 10 ? "0" : "") + cents % 100;
    }

    private static Product parse(String line) {
        List<String> fields = List.of(line.split(","));
        return new Product(
                Integer.parseInt(fields.get(0)), fields.get(1), fields.get(2), Integer.parseInt(fields.get(3)));
    }
}
