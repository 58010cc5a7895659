package com.qcompany.stream.consume;

import com.qcompany.warehouse.command.UsageException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** When a process ends: when it is stopped, at a time, or when it is caught up. Thread-safe. */
final class EndCondition {

    private final Clock clock;
    private final Instant deadline;
    private final boolean isCatchingUp;
    /** Offset after the last to catch up with, by every partition where it is not committed yet. */
    private final Map<TopicPartition, Long> targets;

    private volatile boolean stopped;

    private EndCondition(Clock clock, Instant deadline, Map<TopicPartition, Long> targets) {
        this.clock = clock;
        this.deadline = deadline;
        this.isCatchingUp = !targets.isEmpty();
        this.targets = new ConcurrentHashMap<>(targets);
    }

    /** Until a time; {@link Instant#MAX}: until {@link #stop}. */
    static EndCondition until(Instant deadline, Clock clock) {
        return new EndCondition(clock, deadline, Map.of());
    }

    /**
     * Until the group has committed what was there at the start.
     *
     * @param targets offset after the last, by every partition that is not committed up to there; must not be empty
     */
    static EndCondition untilCaughtUp(Map<TopicPartition, Long> targets, Clock clock) {
        if (targets.isEmpty()) {
            throw new UsageException("Cannot catch up with nothing (expected partitions that hold records)");
        }
        return new EndCondition(clock, Instant.MAX, targets);
    }

    /** Ends it; threads commit what they have taken. */
    void stop() {
        stopped = true;
    }

    boolean isReached() {
        return stopped || !clock.instant().isBefore(deadline) || isCaughtUp();
    }

    /** Whether everything that it is to catch up with is committed, by whatever member. */
    boolean isCaughtUp() {
        return isCatchingUp && targets.isEmpty();
    }

    /** Notes a position that is committed, by this or another process. */
    void committed(TopicPartition partition, long next) {
        targets.computeIfPresent(partition, (key, target) -> next < target ? target : null);
    }

    /** Whether these positions have reached all targets of their partitions, some of them not committed: time to commit. */
    boolean isReachedBy(Map<TopicPartition, Long> positions) {
        Map<TopicPartition, Long> own = new HashMap<>(targets);
        own.keySet().retainAll(positions.keySet());
        return !own.isEmpty()
                && own.entrySet().stream()
                        .allMatch(target -> positions.getOrDefault(target.getKey(), -1L) >= target.getValue());
    }

    /** Whether it ends by itself. */
    boolean isBounded() {
        return isCatchingUp || deadline.isBefore(Instant.MAX);
    }

    /** Whether it has targets to reach. */
    boolean isCatchingUp() {
        return isCatchingUp;
    }
}
