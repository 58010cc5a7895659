package com.qcompany.generator;

import java.util.List;

/**
 * Where an online order may go. Five city names occur in two states; one is not plain ASCII.
 *
 * @param state two-letter state
 * @param postalPrefix first three digits of its postal codes, leading zero kept
 */
record Place(String city, String state, String postalPrefix) {

    private static final String GAZETTEER =
            """
            Springfield,MA,011
            Springfield,VT,051
            Burlington,MA,018
            Burlington,VT,054
            Lowell,MA,018
            Lowell,VT,058
            Manchester,CT,060
            Manchester,VT,052
            Glendale,AZ,853
            Glendale,CA,912
            Savannah,GA,314
            Somerville,MA,021
            Berkeley,CA,947
            Oakland,CA,946
            Grass Valley,CA,959
            Smartsville,CA,959
            Montgomery,AL,361
            Riverview,FL,335
            Lynn Haven,FL,324
            Panama City,FL,324
            Nashville,TN,372
            Waddell,AZ,853
            Peoria,AZ,853
            Arvada,CO,800
            Cañon City,CO,812
            Annapolis,MD,214
            Pasadena,MD,211
            Weathersfield,VT,051
            Ashland,MA,017
            Louisville,KY,402
            Northfield,KY,402
            South Hadley,MA,010
            Revere,MA,021
            Washington,DC,200
            Anchorage,AK,995
            Fayetteville,AR,727
            Edmond,OK,730
            Hayward,CA,945
            East Hartford,CT,061
            Glen Burnie,MD,210
            """;

    /** Every place. */
    static final List<Place> ALL = GAZETTEER.lines().map(Place::parse).toList();

    private static Place parse(String line) {
        List<String> fields = List.of(line.split(","));
        return new Place(fields.get(0), fields.get(1), fields.get(2));
    }
}
