package com.qcompany.stream.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.contract.EventContract.Accept;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2024-07-04T18:05:11,2024-07-04T18:05:11",
        "2024-02-29T00:00:00,2024-02-29T00:00:00",
        "1969-12-31T23:59:59.999999,1969-12-31T23:59:59.999999",
        "2024-07-04T18:05:11.5,2024-07-04T18:05:11.5",
        "2024-07-04T18:05:11.123456789,2024-07-04T18:05:11.123456",
        "2024-07-04T18:05:11Z,2024-07-04T20:05:11",
        "2024-12-04T18:05:11Z,2024-12-04T19:05:11",
        "2024-07-04T18:05:11.25+02:00,2024-07-04T18:05:11.25",
        "2024-07-04T18:05:11-0330,2024-07-04T23:35:11",
        "2024-03-31T00:59:59Z,2024-03-31T01:59:59",
        "2024-03-31T01:00:00Z,2024-03-31T03:00:00",
        "9999-12-31T23:59:59,9999-12-31T23:59:59",
        "1900-01-01T00:00:00,1900-01-01T00:00:00"
    })
    void readsTimes(String text, String expected) {
        assertThat(read(text)).isEqualTo(Records.micros(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024-07-04",
                "2024-07-04T18:05",
                "2024-7-4T18:05:11",
                "2023-02-29T00:00:00",
                "2024-13-01T00:00:00",
                "2024-07-04T24:00:00",
                "2024-07-04T23:60:00",
                "2024-07-04T23:59:60",
                "2024-07-04T18:05:11.",
                "2024-07-04T18:05:11.1234567890",
                "2024-07-04T18:05:11+",
                "2024-07-04T18:05:11+1",
                "2024-07-04T18:05:11+02:60",
                "2024-07-04T18:05:11+19:00",
                "2024-07-04T18:05:11ZZ",
                "2024-07-04T18:05:11 ",
                "2024-07-04T18:05:-1",
                "0000-12-31T00:00:00",
                "0001-01-01T00:00:00",
                "1899-12-31T23:59:59",
                "+2024-07-04T18:05:11",
                "2024-07-04T18:05:11Z+02:00",
                "9999-12-31T23:59:59Z",
                "20240-7-04T18:05:11"
            })
    void refusesWhatIsNoTime(String text) {
        assertThat(read(text)).isEqualTo(EventTimes.NO_TIME);
    }

    @Property
    void agreesWithTheJdk(@ForAll @LongRange(min = -2_208_988_800L, max = 253_402_200_000L) long second) {
        LocalDateTime local = LocalDateTime.ofEpochSecond(second, 123_456_000, ZoneOffset.UTC);
        String text = local.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);

        assertThat(read(text)).isEqualTo(Records.micros(text));
        assertThat(read(text + "Z")).isEqualTo(Records.micros(inBerlin(second) + ".123456"));
    }

    @Property
    void putsARecordsTimeIntoTheZone(@ForAll @LongRange(min = 0, max = 253_402_200_000L) long second) {
        assertThat(new EventTimes(BERLIN, Set.of()).ofRecord(second * 1000))
                .isEqualTo(Records.micros(inBerlin(second)));
    }

    private static String inBerlin(long second) {
        return LocalDateTime.ofInstant(Instant.ofEpochSecond(second), BERLIN)
                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss"));
    }

    @Test
    void countsTheRulesThatATimeNeeds() {
        assertThat(used("2024-07-04T18:05:11")).isEmpty();
        assertThat(used("2024-07-04 18:05:11")).containsExactly(Accept.BLANK_IN_TIME);
        assertThat(used("2024-07-04 18:05:11Z")).containsExactly(Accept.BLANK_IN_TIME, Accept.ZONE_OFFSET);
        assertThat(used("2024-07-04T18:05:11+02:00")).containsExactly(Accept.ZONE_OFFSET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-07-04 18:05:11", "2024-07-04T18:05:11Z", "2024-07-04T18:05:11.5+0200"})
    void readsNothingByARuleThatIsTurnedOff(String text) {
        assertThat(new EventTimes(BERLIN, Set.of()).read(text, rule -> {})).isEqualTo(EventTimes.NO_TIME);
    }

    @Test
    void takesMillisecondsSince1970ButNoSeconds() {
        EventTimes times = new EventTimes(ZoneOffset.UTC, EnumSet.allOf(Accept.class));

        assertThat(times.ofEpochMillis(1_720_116_311_250L, rule -> {}))
                .isEqualTo(Records.micros("2024-07-04T18:05:11.25"));
        assertThat(times.ofEpochMillis(1_720_116_311L, rule -> {})).isEqualTo(EventTimes.NO_TIME);
        assertThat(times.ofEpochMillis(Long.MAX_VALUE, rule -> {})).isEqualTo(EventTimes.NO_TIME);
        assertThat(new EventTimes(BERLIN, Set.of()).ofEpochMillis(1_720_116_311_250L, rule -> {}))
                .isEqualTo(EventTimes.NO_TIME);
    }

    @Test
    void readsTimesOfTheSameHourAlike() {
        EventTimes times = new EventTimes(BERLIN, Set.of());
        for (String text : List.of("2024-07-04T18:05:11", "2024-07-04T18:59:59", "2024-07-04T18:00:00")) {
            assertThat(times.read(text, rule -> {})).isEqualTo(Records.micros(text));
        }
        for (String text : List.of("2024-07-04T18:60:00", "2024-07-04T18:05:61", "2024-07-04T18-05:11")) {
            assertThat(times.read(text, rule -> {})).isEqualTo(EventTimes.NO_TIME);
        }
    }

    private static Set<Accept> used(String text) {
        Set<Accept> used = EnumSet.noneOf(Accept.class);
        assertThat(new EventTimes(BERLIN, EnumSet.allOf(Accept.class)).read(text, used::add))
                .isNotEqualTo(EventTimes.NO_TIME);
        return used;
    }

    private static long read(String text) {
        return new EventTimes(BERLIN, EnumSet.allOf(Accept.class)).read(text, rule -> {});
    }
}
