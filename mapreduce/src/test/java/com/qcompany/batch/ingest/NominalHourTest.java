package com.qcompany.batch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class NominalHourTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");

    @Test
    void readsBothForms() {
        LocalDateTime hour = LocalDateTime.of(2024, 7, 4, 18, 0);

        assertThat(NominalHour.parse("2024-07-04T18", ZoneOffset.UTC)).isEqualTo(hour);
        assertThat(NominalHour.parse("2024-07-04-18", ZoneOffset.UTC)).isEqualTo(hour);
    }

    @Test
    void keepsHoursInUtc() {
        assertThat(NominalHour.parse("2024-07-04T18", BERLIN)).isEqualTo(LocalDateTime.of(2024, 7, 4, 16, 0));
        assertThat(NominalHour.parse("2024-07-04T18", KOLKATA)).isEqualTo(LocalDateTime.of(2024, 7, 4, 12, 0));
    }

    @Test
    void takesTheRunningHourOfTheZone() {
        Clock clock = Clock.fixed(Instant.parse("2024-07-04T12:10:00Z"), ZoneOffset.UTC);

        assertThat(NominalHour.now(clock, ZoneOffset.UTC)).isEqualTo(LocalDateTime.of(2024, 7, 4, 12, 0));
        assertThat(NominalHour.now(clock, KOLKATA)).isEqualTo(LocalDateTime.of(2024, 7, 4, 11, 0));
    }

    @Test
    void refusesASlipInTheYear() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NominalHour.of("0204-07-04-18", Clock.systemUTC(), ZoneOffset.UTC))
                .withMessage("Cannot use --hour: 0204-07-04-18 is long ago (expected at least 2000-01-01-00)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NominalHour.of("9204-07-04-18", Clock.systemUTC(), ZoneOffset.UTC))
                .withMessageStartingWith("Cannot use --hour: 9204-07-04-18 has not begun");
    }

    @Test
    void refusesWhatIsNoHour() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NominalHour.parse("2024-07-04", ZoneOffset.UTC))
                .withMessage("Cannot parse hour: 2024-07-04 (expected uuuu-MM-dd-HH or uuuu-MM-ddTHH)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NominalHour.parse("2024-03-31T02", BERLIN))
                .withMessageContaining("expected an hour that exists in Europe/Berlin");
    }
}
