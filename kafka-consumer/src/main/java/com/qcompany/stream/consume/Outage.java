package com.qcompany.stream.consume;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.commons.lang3.ObjectUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A time in which something that a consumer thread needs does not answer: how long to wait, and when to give up. Other
 * threads may ask whether it lasts.
 */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final Duration MIN_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

    private final Clock clock;
    private final Duration giveUpAfter;
    private volatile @Nullable Instant since;
    private Duration pause = MIN_PAUSE;

    /** @param giveUpAfter length at which an outage ends the process; zero: never */
    Outage(Clock clock, Duration giveUpAfter) {
        this.clock = clock;
        this.giveUpAfter = giveUpAfter;
    }

    /**
     * Takes a failure that may pass.
     *
     * @return how long to wait before the next attempt
     * @throws IOException when it has lasted too long
     */
    Duration failed(Exception failure) throws IOException {
        if (since == null) {
            since = clock.instant();
        }
        if (!giveUpAfter.isZero() && lasted().compareTo(giveUpAfter) >= 0) {
            throw new IOException("Cannot go on: an outage has lasted %d s".formatted(lasted().toSeconds()), failure);
        }
        LOG.warn("Waiting {} ms after {} s of outage: {}", pause.toMillis(), lasted().toSeconds(), failure.toString());
        LOG.debug("The outage", failure);
        Duration next = pause;
        pause = ObjectUtils.min(next.multipliedBy(2), MAX_PAUSE);
        return next;
    }

    /** What had failed works. */
    void over() {
        if (isOn()) {
            LOG.info("Going on after {} s of outage", lasted().toSeconds());
            since = null;
            pause = MIN_PAUSE;
        }
    }

    /** How long it has lasted; zero where there is none. */
    Duration lasted() {
        Instant begin = since;
        return begin == null ? Duration.ZERO : Duration.between(begin, clock.instant());
    }

    boolean isOn() {
        return since != null;
    }
}
