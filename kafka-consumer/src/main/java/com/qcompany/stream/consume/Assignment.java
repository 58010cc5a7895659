package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.stream.Position;
import com.qcompany.stream.consume.StartingPositions.Available;
import com.qcompany.stream.consume.StartingPositions.Known;
import com.qcompany.stream.consume.StartingPositions.Start;
import com.qcompany.stream.kafka.TopicOffsets;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that a consumer thread is assigned: held, that is paused, at first, and consumed once what their last
 * commit names is published.
 */
final class Assignment {

    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    private final Consumer<byte[], byte[]> consumer;
    private final WorkerContext context;
    private final StartingPositions starting;
    private final Map<TopicPartition, Position> positions = new HashMap<>();
    private final Set<TopicPartition> held = new HashSet<>();
    private String topicId = "";

    Assignment(Consumer<byte[], byte[]> consumer, WorkerContext context) {
        this.consumer = consumer;
        this.context = context;
        this.starting = context.starting();
    }

    /** Holds partitions until {@link #prepare} has found where they go on; the position set here is never read. */
    void assign(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> consumer.seek(partition, 0));
        consumer.pause(partitions);
        held.addAll(partitions);
    }

    /** Holds partitions that are consumed: where they go on has to be decided again. */
    void hold(Collection<TopicPartition> partitions) {
        List<TopicPartition> consumed =
                partitions.stream().filter(positions::containsKey).toList();
        consumed.forEach(positions::remove);
        assign(consumed);
    }

    void revoke(Collection<TopicPartition> partitions) {
        partitions.forEach(positions::remove);
        partitions.forEach(held::remove);
    }

    /** Whether partitions are held for {@link #prepare}. */
    boolean isHolding() {
        return !held.isEmpty();
    }

    /** Kafka's id of the topic, as of when the partitions were prepared. */
    String topicId() {
        return topicId;
    }

    /** The committed position of a partition that is consumed. */
    Position position(TopicPartition partition) {
        Position position = positions.get(partition);
        if (position == null) {
            throw new IllegalStateException("Cannot consume %s: it is not prepared".formatted(partition));
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

    /** Goes back to what is committed, for records that were consumed and dropped. */
    void seekBack() {
        positions.forEach((partition, position) -> consumer.seek(partition, position.next()));
    }

    /** Stops a commit of what may be records of another topic; the partitions are then decided on again. */
    void requireSameTopic() throws IOException {
        if (!positions.isEmpty() && !context.topicIdentity().topicId().equals(topicId)) {
            hold(positions.keySet().stream().toList());
            throw new IOException("Cannot commit: topic %s was deleted and made anew".formatted(context.topic()));
        }
    }

    /**
     * Finishes what the last owners of the held partitions have committed, and sets where to go on. A partition's first
     * position is committed at once: what is sent to it while nobody consumes is not to be taken for older.
     */
    void prepare() throws IOException {
        if (held.isEmpty()) {
            return;
        }
        Set<TopicPartition> partitions = Set.copyOf(held);
        topicId = context.topicIdentity().topicId();
        Position.Origin origin = new Position.Origin(topicId, context.owner().id());
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        boolean isAnyNew = committed.values().stream().anyMatch(Objects::isNull);
        boolean hasOthers = isAnyNew && hasPositionsElsewhere();
        List<Manifest> done = isAnyNew && !hasOthers ? context.manifests().done() : List.of();
        Map<TopicPartition, Long> published = published(done);
        Optional<Position> gone = positionInTopicThatIsGone(done);
        for (TopicPartition partition : partitions) {
            Optional<Position> position =
                    Optional.ofNullable(committed.get(partition)).map(Position::of);
            requireOwn(position);
            rollForward(position);
            Start start = starting.decide(
                    partition,
                    new Known(
                            position.or(() -> gone), Optional.ofNullable(published.get(partition)), hasOthers, topicId),
                    new Available(TopicOffsets.require(begins, partition), TopicOffsets.require(ends, partition)));
            if (start.losesOffsets()) {
                context.losses().record(topicId, partition, start.lostFrom(), start.lostTo());
            }
            Position first = start.position().of(origin);
            if (position.isEmpty()) {
                consumer.commitSync(Map.of(partition, first.toCommit()));
            }
            consumer.seek(partition, first.next());
            positions.put(partition, first);
            held.remove(partition);
            LOG.info("Consuming {} from offset {}", partition, first.next());
        }
    }

    private void requireOwn(Optional<Position> position) {
        Optional<Position.Origin> origin = position.flatMap(Position::origin);
        if (origin.isPresent()
                && !origin.get().streamId().equals(context.owner().id())) {
            throw new UnusablePositionException(
                    "Cannot consume as group %s: its positions belong to another root than %s (each root needs a group of its own, q.stream.group; or q events offsets --set --force takes it over)"
                            .formatted(
                                    context.owner().group(),
                                    context.layout().warehouse().root()));
        }
    }

    private void rollForward(Optional<Position> position) throws IOException {
        Optional<String> epoch = position.flatMap(Position::epoch);
        if (epoch.isPresent()) {
            context.manifests().rollForward(epoch.get());
        }
    }

    /** Whether the group has a position in some partition of the topic: one without was added later. */
    private boolean hasPositionsElsewhere() {
        Set<TopicPartition> all = consumer.partitionsFor(context.topic()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toSet());
        return consumer.committed(all).values().stream().anyMatch(Objects::nonNull);
    }

    /** Kafka deletes the positions in a topic with it; manifests tell that there were some, in another topic. */
    private Optional<Position> positionInTopicThatIsGone(List<Manifest> done) {
        boolean isKnown = done.stream()
                .anyMatch(manifest ->
                        manifest.topicId().isEmpty() || manifest.topicId().equals(topicId));
        return done.stream()
                .filter(manifest -> !isKnown
                        && manifest.ranges().stream()
                                .anyMatch(range -> range.topic().equals(context.topic())))
                .findFirst()
                .map(manifest -> Position.at(0)
                        .of(new Position.Origin(
                                manifest.topicId(), context.owner().id())));
    }

    /** What manifests say of the topic's partitions: the group's positions may have expired. */
    private Map<TopicPartition, Long> published(List<Manifest> done) {
        return done.stream()
                .filter(manifest ->
                        manifest.topicId().isEmpty() || manifest.topicId().equals(topicId))
                .map(Manifest::ranges)
                .flatMap(List::stream)
                .collect(Collectors.toMap(
                        range -> new TopicPartition(range.topic(), range.partition()), OffsetRange::to, Math::max));
    }
}
