package com.qcompany.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.compact.ClosingJournal.ClosedElsewhereException;
import com.qcompany.warehouse.state.LeaseHeldException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private static final EventHour FIVE = EventHour.parse("2024-07-04-05");
    private static final EventHour SIX = EventHour.parse("2024-07-04-06");

    private final Failures failures = new Failures();

    @Test
    void anErrorInOneHourKeepsNoOtherOpenAndIsNamed() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();

        failures.catching(FIVE, () -> {
            throw new OutOfMemoryError("Java heap space");
        });
        failures.catching(SIX, () -> closed.set(true));

        assertThat(closed).isTrue();
        assertThat(failures.hours()).containsExactly(FIVE);
        assertThat(failures.first().orElseThrow())
                .hasMessage("Cannot close hour 2024-07-04-05: java.lang.OutOfMemoryError: Java heap space");
    }

    @Test
    void anHourThatAnotherOneClosedIsNoFailure() throws IOException {
        failures.catching(FIVE, () -> {
            throw new ClosedElsewhereException("another compaction has done it");
        });

        assertThat(failures.hours()).isEmpty();
        assertThat(failures.first()).isEmpty();
    }

    @Test
    void aLostLeaseEndsTheRound() {
        assertThatThrownBy(() -> failures.catching(FIVE, () -> {
                    throw new LeaseHeldException("another took it over");
                }))
                .isInstanceOf(LeaseHeldException.class);
    }
}
