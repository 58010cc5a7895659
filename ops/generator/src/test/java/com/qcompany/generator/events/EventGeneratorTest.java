package com.qcompany.generator.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.stream.EventHour;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventGeneratorTest {

    private static final EventHour START = EventHour.parse("2024-07-04-22");
    private static final int COUNT = 20_000;

    @Test
    void theSameSeedGivesTheSameBytesInWhateverOrderTheyAreMade() {
        EventGenerator generator = generator(7, new Shares(0.1, 0.1, 0.1));
        EventGenerator again = generator(7, new Shares(0.1, 0.1, 0.1));

        for (long number = COUNT - 1; number >= 0; number -= 37) {
            GeneratedRecord one = generator.record(number);
            GeneratedRecord other = again.record(number);
            assertThat(other.value()).isEqualTo(one.value());
            assertThat(other.key()).isEqualTo(one.key());
            assertThat(other.partition()).isEqualTo(one.partition());
            assertThat(other.millis()).isEqualTo(one.millis());
            assertThat(other.fate()).isEqualTo(one.fate());
        }
        assertThat(generator(8, Shares.NONE).record(0).value())
                .isNotEqualTo(generator(7, Shares.NONE).record(0).value());
    }

    @Test
    void usualEventsPassEvenlyThroughTheHoursInOrder() {
        Map<String, Integer> rows = new HashMap<>();
        long before = 0;
        for (GeneratedRecord record : records(generator(1, Shares.NONE))) {
            assertThat(record.millis()).isGreaterThanOrEqualTo(before);
            before = record.millis();
            Fate.Row row = (Fate.Row) record.fate();
            assertThat(row.late()).isFalse();
            rows.merge(row.hour(), 1, Integer::sum);
        }

        assertThat(rows)
                .containsOnlyKeys("2024-07-04-22", "2024-07-04-23", "2024-07-05-00", "2024-07-05-01")
                .allSatisfy((hour, count) -> assertThat(count).isBetween(COUNT / 4 - 1, COUNT / 4 + 1));
    }

    @Test
    void sharesAreKept() {
        List<Fate> fates = records(generator(3, new Shares(0.1, 0.05, 0.2))).stream()
                .map(GeneratedRecord::fate)
                .toList();

        assertThat(fates.stream().filter(fate -> !(fate instanceof Fate.Row)).count() / (double) COUNT)
                .isBetween(0.045, 0.055);
        assertThat(fates.stream()
                                .filter(fate -> fate instanceof Fate.Row row && row.late())
                                .count()
                        / (double) COUNT)
                .isBetween(0.065, 0.085);
        assertThat(fates).contains(new Fate.Tombstone());
    }

    @Test
    void aCustomersEventsAreInOnePartition() {
        Map<String, Integer> partitions = new HashMap<>();
        for (GeneratedRecord record : records(generator(1, new Shares(0, 0.2, 0.2)))) {
            String customer = new String(record.key(), StandardCharsets.UTF_8);
            assertThat(partitions.computeIfAbsent(customer, any -> record.partition()))
                    .isEqualTo(record.partition());
        }

        assertThat(partitions.values()).contains(0, 1, 2).allMatch(partition -> partition >= 0 && partition < 3);
    }

    @Test
    void eventsHaveTheShapesOfTheApp() {
        List<String> events = records(generator(1, Shares.NONE)).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
        String common = "\"customerId\":\"\\d+\",\"productId\":\"\\d+\",\"timestamp\":\"2024-07-0[45]T[0-9:]{8}\",";

        assertThat(events)
                .allMatch(event -> Arrays.stream(new String[] {
                            "\\{\"eventType\":\"productView\"," + common
                                    + "\"metadata\":\\{(\"category\":\"[A-Za-z& ]+\",\"source\":\"[A-Za-z]+\")?}}",
                            "\\{\"eventType\":\"addToCart\"," + common + "\"metadata\":\\{},\"quantity\":[1-5]}",
                            "\\{\"eventType\":\"purchase\"," + common + "\"metadata\":\\{},\"quantity\":[1-5],"
                                    + "\"totalAmount\":\\d{2,3}\\.\\d{1,2},\"paymentMethod\":\"[A-Za-z ]+\"}",
                            "\\{\"eventType\":\"recommendationClick\"," + common + "\"metadata\":\\{},"
                                    + "\"recommendedProductId\":\"\\d+\",\"algorithm\":\"[a-z_]+\"}"
                        })
                        .anyMatch(event::matches))
                .anyMatch(event -> event.contains("\"metadata\":{}}"));
    }

    @Test
    void everyFlawAndDriftOccurs() {
        List<GeneratedRecord> records = records(generator(5, new Shares(0, 0.5, 0.5)));

        for (EventFlaw flaw : EventFlaw.values()) {
            assertThat(records).as("%s", flaw).anyMatch(record -> record.fate().equals(flaw.fate()));
        }
        for (String name : List.of("device", "context", "tags", "campaign", "coupon", "loyaltyPoints")) {
            assertThat(records)
                    .anyMatch(record -> record.value() != null
                            && new String(record.value(), StandardCharsets.UTF_8).contains("\"" + name + "\":"));
        }
    }

    @Test
    void refusesSharesThatAreNone() {
        assertThatThrownBy(() -> new Shares(0.5, 0.6, 0))
                .hasMessage("Cannot generate shares of 0.5 late, 0.6 broken and 0.0 drifting events"
                        + " (expected 0 to 1 together)");
        assertThatThrownBy(() -> new Shares(-0.1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Shares(Double.NaN, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static EventGenerator generator(long seed, Shares shares) {
        return new EventGenerator(seed, COUNT, START, 4, 3, shares);
    }

    private static List<GeneratedRecord> records(EventGenerator generator) {
        return LongStream.range(0, COUNT).mapToObj(generator::record).toList();
    }
}
