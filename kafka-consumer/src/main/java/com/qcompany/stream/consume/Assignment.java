package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.stream.Position;
import com.qcompany.stream.kafka.TopicOffsets;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that a consumer thread was given: paused on arrival, consumed once what their last commit names is
 * published.
 */
final class Assignment {

    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    private final Consumer<byte[], byte[]> consumer;
    private final Manifests manifests;
    private final StartingPositions starting;
    private final LostOffsets losses;
    private final Map<TopicPartition, Position> positions = new HashMap<>();
    private final Set<TopicPartition> arrived = new HashSet<>();

    Assignment(Consumer<byte[], byte[]> consumer, Manifests manifests, StartingPositions starting, LostOffsets losses) {
        this.consumer = consumer;
        this.manifests = manifests;
        this.starting = starting;
        this.losses = losses;
    }

    /** Holds partitions until {@link #prepare} has found where they go on; the position set here is never read. */
    void arrive(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> consumer.seek(partition, 0));
        consumer.pause(partitions);
        arrived.addAll(partitions);
    }

    /** Holds partitions again whose position the broker does not have, unless they have departed since. */
    void arriveAgain(Collection<TopicPartition> partitions) {
        List<TopicPartition> held =
                partitions.stream().filter(positions::containsKey).toList();
        held.forEach(positions::remove);
        arrive(held);
    }

    void depart(Collection<TopicPartition> partitions) {
        partitions.forEach(positions::remove);
        partitions.forEach(arrived::remove);
    }

    /** Whether partitions wait for {@link #prepare}. */
    boolean isWaiting() {
        return !arrived.isEmpty();
    }

    /** The committed position of a partition that is consumed. */
    Position position(TopicPartition partition) {
        Position position = positions.get(partition);
        if (position == null) {
            throw new IllegalStateException("Cannot take from %s: it is not prepared".formatted(partition));
        }
        return position;
    }

    /** Notes a commit. */
    void committed(Map<TopicPartition, Position> committed) {
        committed.forEach((partition, position) -> positions.computeIfPresent(partition, (key, old) -> position));
    }

    /** Committed positions of the partitions that are consumed. */
    Map<TopicPartition, Position> positions() {
        return Map.copyOf(positions);
    }

    /** Where the consumer stands in the partitions that are consumed. */
    Map<TopicPartition, Long> reached() {
        return positions.keySet().stream().collect(Collectors.toMap(partition -> partition, consumer::position));
    }

    /** Goes back to what is committed, for records that were taken and dropped. */
    void seekBack() {
        positions.forEach((partition, position) -> consumer.seek(partition, position.next()));
    }

    /**
     * Finishes what the last owners of the arrived partitions have committed, and sets where to go on. A partition's
     * first position is committed at once: what is sent to it while nobody consumes is not to be taken for older.
     */
    void prepare() throws IOException {
        if (arrived.isEmpty()) {
            return;
        }
        Set<TopicPartition> partitions = Set.copyOf(arrived);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> published = published(committed);
        for (TopicPartition partition : partitions) {
            Optional<Position> position =
                    Optional.ofNullable(committed.get(partition)).map(Position::of);
            Optional<String> epoch = position.flatMap(Position::epoch);
            if (epoch.isPresent()) {
                manifests.rollForward(epoch.get());
            }
            StartingPositions.Start start = starting.decide(
                    partition,
                    position,
                    Optional.ofNullable(published.get(partition)),
                    new StartingPositions.Available(
                            TopicOffsets.require(begins, partition), TopicOffsets.require(ends, partition)));
            if (start.losesOffsets()) {
                losses.record(partition, start.lostFrom(), start.lostTo());
            }
            if (position.isEmpty()) {
                consumer.commitSync(Map.of(partition, start.position().toCommit()));
            }
            consumer.seek(partition, start.position().next());
            positions.put(partition, start.position());
            arrived.remove(partition);
            LOG.info("Consuming {} from offset {}", partition, start.position().next());
        }
    }

    /** What manifests say of partitions that have no position: the group's may have expired. */
    private Map<TopicPartition, Long> published(Map<TopicPartition, OffsetAndMetadata> committed) throws IOException {
        if (committed.values().stream().allMatch(offset -> offset != null)) {
            return Map.of();
        }
        List<OffsetRange> ranges = manifests.done().stream()
                .map(Manifest::ranges)
                .flatMap(List::stream)
                .toList();
        return ranges.stream()
                .collect(Collectors.toMap(
                        range -> new TopicPartition(range.topic(), range.partition()), OffsetRange::to, Math::max));
    }
}
