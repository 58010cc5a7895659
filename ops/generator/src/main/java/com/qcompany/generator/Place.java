package com.qcompany.generator;

import java.util.List;

/**
 * Where an online order may go. Five city names occur in two states; one is not plain ASCII.
 *
 * @param state two-letter state
 * @param postalPrefix first three digits of its postal codes, leading zero kept
 */
record Place(String city, String state, String postalPrefix) {

    static final List<Place> ALL = Lists.rows("places.csv").map(Place::parse).toList();

    private static Place parse(List<String> fields) {
        return new Place(fields.get(0), fields.get(1), fields.get(2));
    }
}
