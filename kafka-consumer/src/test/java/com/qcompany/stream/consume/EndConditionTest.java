package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EndConditionTest {

    private static final TopicPartition FIRST = new TopicPartition("app-logs", 0);
    private static final TopicPartition SECOND = new TopicPartition("app-logs", 1);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-07-04T18:00:00Z"), ZoneOffset.UTC);

    @Test
    void endsWhenItIsStopped() {
        EndCondition end = EndCondition.until(Instant.MAX, CLOCK);

        assertThat(end.isReached()).isFalse();
        assertThat(end.isBounded()).isFalse();
        end.stop();
        assertThat(end.isReached()).isTrue();
    }

    @Test
    void endsAtItsTime() {
        assertThat(EndCondition.until(CLOCK.instant().plusSeconds(1), CLOCK).isReached())
                .isFalse();
        assertThat(EndCondition.until(CLOCK.instant(), CLOCK).isReached()).isTrue();
    }

    @Test
    void isCaughtUpWhenEveryTargetIsCommitted() {
        EndCondition end = EndCondition.untilCaughtUp(Map.of(FIRST, 10L, SECOND, 5L), CLOCK);

        end.committed(FIRST, 12);
        assertThat(end.isReached()).isFalse();
        end.committed(SECOND, 5);
        assertThat(end.isReached()).isTrue();
    }

    @Test
    void aLateNoteOfAnOlderPositionTakesNothingBack() {
        EndCondition end = EndCondition.untilCaughtUp(Map.of(FIRST, 10L), CLOCK);

        end.committed(FIRST, 10);
        end.committed(FIRST, 4);

        assertThat(end.isReached()).isTrue();
    }

    @Test
    void asksForOneCommitWhenAllTargetsOfAThreadAreReached() {
        EndCondition end = EndCondition.untilCaughtUp(Map.of(FIRST, 10L, SECOND, 5L), CLOCK);

        assertThat(end.isReachedBy(Map.of(FIRST, 9L, SECOND, 99L))).isFalse();
        assertThat(end.isReachedBy(Map.of(FIRST, 10L))).isTrue();
        assertThat(end.isReachedBy(Map.of(FIRST, 10L, SECOND, 4L))).isFalse();
        end.committed(FIRST, 10);
        assertThat(end.isReachedBy(Map.of(FIRST, 10L))).isFalse();
        assertThat(end.isReachedBy(Map.of(FIRST, 10L, SECOND, 5L))).isTrue();
    }

    @Test
    void cannotCatchUpWithNothing() {
        assertThatThrownBy(() -> EndCondition.untilCaughtUp(Map.of(), CLOCK))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
