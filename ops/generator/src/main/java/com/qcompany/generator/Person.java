package com.qcompany.generator;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Who a customer id is within one group: there it has one name and one address; the next group gives it others.
 *
 * @param id customer id
 * @param email clean e-mail address
 */
record Person(int id, String firstName, String lastName, String email) {

    static final int FIRST_ID = 85_462;
    static final int COUNT = 101;

    private static final List<String> FIRST_NAMES =
            List.of("Sophia", "Michael", "William", "Olivia", "John", "James", "Ava", "Alexander", "Emma", "Mia");
    private static final List<String> LAST_NAMES =
            List.of("Taylor", "Johnson", "Williams", "Smith", "Davis", "Moore", "Wilson", "Brown", "Jones", "Miller");
    private static final List<String> DOMAINS = List.of("gmail.com", "yahoo.com", "outlook.com", "hotmail.com");

    /** The customer as a group's random stream makes them. */
    static Person draw(int id, SplittableRandom random) {
        String first = FIRST_NAMES.get(random.nextInt(FIRST_NAMES.size()));
        String last = LAST_NAMES.get(random.nextInt(LAST_NAMES.size()));
        String domain = DOMAINS.get(random.nextInt(DOMAINS.size()));
        return new Person(
                id, first, last, first.toLowerCase(Locale.ROOT) + "." + last.toLowerCase(Locale.ROOT) + "@" + domain);
    }
}
