package com.qcompany.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventHourTest {

    @Test
    void namesItsPartition() {
        EventHour hour = EventHour.parse("2024-07-04-05");

        assertThat(hour.directory()).isEqualTo("event_date=2024-07-04/event_hour=5");
        assertThat(hour.start()).isEqualTo(LocalDateTime.of(2024, 7, 4, 5, 0));
        assertThat(hour).hasToString("2024-07-04-05").isEqualTo(EventHour.ofPartition("2024-07-04", "5"));
    }

    @Test
    void holdsTheTimesFromItsStartToBeforeTheNext() {
        long start = EventHour.parse("1969-12-31-23").number();

        assertThat(EventHour.numberOfMicros(-1)).isEqualTo(start);
        assertThat(EventHour.numberOfMicros(0)).isEqualTo(start + 1);
        assertThat(EventHour.numberOfMicros(3_599_999_999L)).isEqualTo(start + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-07-04", "2024-07-04-24", "2024-02-30-05", "2024-07-04-5", "yesterday"})
    void refusesWhatIsNoHour(String text) {
        assertThatThrownBy(() -> EventHour.parse(text)).hasMessageContaining("Cannot parse hour: " + text);
    }
}
