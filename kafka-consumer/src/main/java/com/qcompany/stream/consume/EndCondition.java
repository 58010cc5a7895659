package com.qcompany.stream.consume;

import com.qcompany.warehouse.command.UsageException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** When a process ends: when it is stopped, at a time, or when it is caught up. Thread-safe. */
final class EndCondition {

    private final Clock clock;
    private final Optional<Instant> deadline;
    private final Map<TopicPartition, Long> targets;
    private final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    private EndCondition(Clock clock, Optional<Instant> deadline, Map<TopicPartition, Long> targets) {
        this.clock = clock;
        this.deadline = deadline;
        this.targets = Map.copyOf(targets);
    }

    /** Until {@link #stop}. */
    static EndCondition endless(Clock clock) {
        return new EndCondition(clock, Optional.empty(), Map.of());
    }

    /** Until a time. */
    static EndCondition until(Instant deadline, Clock clock) {
        return new EndCondition(clock, Optional.of(deadline), Map.of());
    }

    /**
     * Until the group has committed what was there at the start.
     *
     * @param targets offset after the last, by every partition that holds records; must not be empty
     */
    static EndCondition untilCaughtUp(Map<TopicPartition, Long> targets, Clock clock) {
        if (targets.isEmpty()) {
            throw new UsageException("Cannot catch up with nothing (expected partitions that hold records)");
        }
        return new EndCondition(clock, Optional.empty(), targets);
    }

    /** Ends it; threads commit what they have taken. */
    void stop() {
        stopped = true;
    }

    boolean isReached() {
        boolean isOver = deadline.filter(end -> !clock.instant().isBefore(end)).isPresent();
        boolean isCaughtUp = isCatchingUp()
                && targets.entrySet().stream().allMatch(target -> committed(target.getKey()) >= target.getValue());
        return stopped || isOver || isCaughtUp;
    }

    /** Notes a position that is committed, by this or another process. */
    void committed(TopicPartition partition, long next) {
        committed.merge(partition, next, Math::max);
    }

    /** Whether some of these positions reach a target that is not committed yet: time to commit. */
    boolean hasTargetWithin(Map<TopicPartition, Long> positions) {
        return positions.entrySet().stream().anyMatch(position -> {
            Long target = targets.get(position.getKey());
            return target != null && position.getValue() >= target && committed(position.getKey()) < target;
        });
    }

    /** Whether it ends by itself. */
    boolean isBounded() {
        return deadline.isPresent() || isCatchingUp();
    }

    /** Whether it has targets to reach. */
    boolean isCatchingUp() {
        return !targets.isEmpty();
    }

    private long committed(TopicPartition partition) {
        return committed.getOrDefault(partition, 0L);
    }
}
