package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class MissionTest {

    private static final TopicPartition FIRST = new TopicPartition("app-logs", 0);
    private static final TopicPartition SECOND = new TopicPartition("app-logs", 1);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-07-04T18:00:00Z"), ZoneOffset.UTC);

    @Test
    void endsWhenItIsStopped() {
        Mission mission = Mission.endless(CLOCK);

        assertThat(mission.isOver()).isFalse();
        assertThat(mission.isBounded()).isFalse();
        mission.stop();
        assertThat(mission.isOver()).isTrue();
    }

    @Test
    void endsAtItsTime() {
        assertThat(Mission.until(CLOCK.instant().plusSeconds(1), CLOCK).isOver())
                .isFalse();
        assertThat(Mission.until(CLOCK.instant(), CLOCK).isOver()).isTrue();
    }

    @Test
    void isCaughtUpWhenEveryTargetIsCommitted() {
        Mission mission = Mission.untilCaughtUp(Map.of(FIRST, 10L, SECOND, 5L), CLOCK);

        mission.committed(FIRST, 12);
        assertThat(mission.isOver()).isFalse();
        mission.committed(SECOND, 5);
        assertThat(mission.isOver()).isTrue();
    }

    @Test
    void aLateNoteOfAnOlderPositionTakesNothingBack() {
        Mission mission = Mission.untilCaughtUp(Map.of(FIRST, 10L), CLOCK);

        mission.committed(FIRST, 10);
        mission.committed(FIRST, 4);

        assertThat(mission.isOver()).isTrue();
    }

    @Test
    void asksForACommitWhenATargetIsReached() {
        Mission mission = Mission.untilCaughtUp(Map.of(FIRST, 10L), CLOCK);

        assertThat(mission.isReachedBy(Map.of(FIRST, 9L, SECOND, 99L))).isFalse();
        assertThat(mission.isReachedBy(Map.of(FIRST, 10L))).isTrue();
        mission.committed(FIRST, 10);
        assertThat(mission.isReachedBy(Map.of(FIRST, 10L))).isFalse();
    }

    @Test
    void cannotCatchUpWithNothing() {
        assertThatThrownBy(() -> Mission.untilCaughtUp(Map.of(), CLOCK)).isInstanceOf(IllegalArgumentException.class);
    }
}
