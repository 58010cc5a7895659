package com.qcompany.stream.compact;

import com.qcompany.stream.HourSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long late events wait until an hour gets one more file. The wait doubles with each file up to six hours, so that an
 * hour has few files however long events keep coming.
 *
 * @param first wait after the first file
 */
record LateInterval(Duration first) {

    private static final Duration MAX = Duration.ofHours(6);
    private static final int MAX_DOUBLINGS = 16;

    /** When an hour may get its next file: at once where it has none. */
    Instant earliest(Optional<HourSummary> last) {
        return last.map(summary -> summary.decided().plus(after(summary.number())))
                .orElse(Instant.MIN);
    }

    private Duration after(int files) {
        Duration doubled = first.multipliedBy(1L << Math.min(MAX_DOUBLINGS, files - 1));
        return doubled.compareTo(MAX) < 0 ? doubled : first.compareTo(MAX) > 0 ? first : MAX;
    }
}
