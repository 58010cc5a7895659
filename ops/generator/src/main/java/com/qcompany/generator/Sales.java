package com.qcompany.generator;

import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Draws the right sales of one group: a third online, over the first 28 days of every month of two years. */
final class Sales {

    private static final int DAYS_OF_MONTH = 28;
    private static final int MONTHS = 24;
    private static final LocalDate FIRST_DAY = LocalDate.of(2022, 1, 1);
    private static final double ONLINE_SHARE = 1.0 / 3;
    private static final List<String> JUNK = List.of(
            "\"", ";", "}4", "#4r", "\\", " ", "m", "|", "]x", "[", "^", "'", ">", "{", "%x", "$u", "&", "*", "<", ":",
            "/", "(", ")x");
    private static final List<String> COUNTER_PAYMENTS = List.of("Cash", "Credit Card");
    private static final List<String> ONLINE_PAYMENTS = List.of("Stripe", "PayPal", "Credit Card");
    private static final List<String> STREETS = List.of(
            "Henderson Avenue",
            "Linden Circle",
            "Addison Street",
            "McGregor Court",
            "North 179th Drive",
            "West 62nd Place",
            "Gillette Road",
            "Doc Hawley Street",
            "Shadow Brook Estates",
            "Alton Place Northwest");
    private static final Sale.Delivery EXTRA_SLASH =
            new Sale.Delivery(new Place("Washington", "DC", "200"), "421 1/2 6th Street Southeast/Washington/DC/20003");
    private static final int EXTRA_SLASH_ONE_IN = 400;

    private final int group;
    private final TransactionIds ids;
    private final SplittableRandom random;
    private final List<Person> people;
    private final Staff staff;
    private int drawn;

    Sales(int group, TransactionIds ids, SplittableRandom random) {
        this.group = group;
        this.ids = ids;
        this.random = random;
        this.people = IntStream.range(Person.FIRST_ID, Person.FIRST_ID + Person.COUNT)
                .mapToObj(id -> Person.draw(id, random))
                .toList();
        this.staff = new Staff(group);
    }

    /** The next sale; the first is online and goes to the address with an extra slash. */
    Sale next() {
        boolean online = drawn == 0 || random.nextDouble() < ONLINE_SHARE;
        Person customer = pick(people);
        Sale sale = new Sale(
                ids.id(group, drawn),
                FIRST_DAY.plusMonths(random.nextInt(MONTHS)).withDayOfMonth(1 + random.nextInt(DAYS_OF_MONTH)),
                customer,
                customer.email() + pick(JUNK),
                pick(Product.ALL),
                random.nextBoolean() ? 0 : 1 + random.nextInt(5),
                1 + random.nextInt(10),
                pick(online ? ONLINE_PAYMENTS : COUNTER_PAYMENTS),
                online ? null : counter(),
                online ? delivery() : null);
        drawn++;
        return sale;
    }

    private Sale.Counter counter() {
        return new Sale.Counter(1 + random.nextInt(staff.agents()), 1 + random.nextInt(staff.branches()));
    }

    private Sale.Delivery delivery() {
        if (drawn == 0 || random.nextInt(EXTRA_SLASH_ONE_IN) == 0) {
            return EXTRA_SLASH;
        }
        Place place = pick(Place.ALL);
        int house = 1 + random.nextInt(9_999);
        int postal = 100 + random.nextInt(100);
        return new Sale.Delivery(
                place,
                house + " " + pick(STREETS) + "/" + place.city() + "/" + place.state() + "/" + place.postalPrefix()
                        + Integer.toString(postal).substring(1));
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
