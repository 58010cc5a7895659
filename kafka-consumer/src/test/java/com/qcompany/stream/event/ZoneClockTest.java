package com.qcompany.stream.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class ZoneClockTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Property
    void agreesWithTheJdkWhateverWasAskedBefore(
            @ForAll @Size(max = 20) List<@LongRange(min = -1, max = 9_000_000_000_000_000L) Long> times) {
        ZoneClock clock = new ZoneClock(BERLIN);

        for (long millis : times) {
            long offset =
                    BERLIN.getRules().getOffset(Instant.ofEpochMilli(millis)).getTotalSeconds();
            assertThat(clock.ofUtcMillis(millis)).isEqualTo(millis + offset * 1000);
        }
    }
}
