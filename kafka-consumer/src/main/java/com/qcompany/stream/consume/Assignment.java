package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.stream.Position;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.consume.StartingPositions.Known;
import com.qcompany.stream.consume.StartingPositions.UnusablePositionException;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.util.HashMap;
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

/** Finds where partitions that are newly assigned go on, once what their last owners committed is published. */
final class Assignment {

    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    private final StreamFiles files;
    private final StreamOwner owner;
    private final Manifests manifests;
    private final LostOffsets losses;
    private final StartingPositions starting;
    private final String topic;

    Assignment(StreamFiles files, StreamOwner owner, Manifests manifests) {
        this.files = files;
        this.owner = owner;
        this.manifests = manifests;
        this.losses = new LostOffsets(files);
        this.starting = new StartingPositions(
                StreamSettings.START.get(files.conf()), StreamSettings.LOST_OFFSETS.get(files.conf()));
        this.topic = StreamSettings.TOPIC.get(files.conf());
    }

    /**
     * Finishes what the last owners have committed, and sets where to go on. A position that is none of
     * an epoch is committed at once: what is sent while nobody consumes is not to be taken for older, nor what is deleted
     * then for lost before. Doing it again changes nothing.
     *
     * @param topicId Kafka's id of the topic
     * @return position of each of the partitions
     * @throws UnusablePositionException where an operator has to decide
     */
    Map<TopicPartition, Position> resolve(
            Set<TopicPartition> partitions, String topicId, Consumer<byte[], byte[]> consumer) throws IOException {
        Position.Origin origin = new Position.Origin(topicId, owner.id());
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        boolean isAnyNew = committed.values().stream().anyMatch(Objects::isNull);
        Set<TopicPartition> positioned = isAnyNew ? partitionsWithPosition(consumer) : partitions;
        // Not where a partition was added: there are thousands of them.
        List<Manifest> done = isAnyNew && positioned.isEmpty() ? manifests.done() : List.of();
        Map<TopicPartition, Long> published = published(done, topic, topicId);
        boolean isBegun = !positioned.isEmpty() || !published.isEmpty();
        Optional<Position> gone = isBegun ? Optional.empty() : positionInTopicThatIsGone(done);
        if (!published.isEmpty()) {
            commitForgotten(published, origin, consumer);
            committed = consumer.committed(partitions);
        }
        Map<TopicPartition, Position> positions = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Optional<Position> position =
                    Optional.ofNullable(committed.get(partition)).map(Position::of);
            requireOwn(position);
            if (position.flatMap(Position::epoch).isPresent()) {
                manifests.rollForward(position.flatMap(Position::epoch).get());
            }
            Known known = new Known(
                    position.or(() -> gone),
                    isBegun,
                    topicId,
                    TopicOffsets.require(begins, partition),
                    TopicOffsets.require(ends, partition));
            Position first = starting.decide(partition, known).of(origin);
            long expected = position.map(Position::next).orElse(first.next());
            if (expected < first.next() && position.orElseThrow().isOfTopic(topicId)) {
                losses.record(topicId, partition, expected, first.next());
            } else if (expected != first.next()) {
                LOG.warn(
                        "{} goes on at {}, not at {}: it was cut or made anew; what it had there meanwhile is not consumed",
                        partition,
                        first.next(),
                        expected);
            }
            if (!position.equals(Optional.of(first))) {
                consumer.commitSync(Map.of(partition, first.toCommit()));
            }
            consumer.seek(partition, first.next());
            positions.put(partition, first);
            LOG.info("Consuming {} from offset {}", partition, first.next());
        }
        return positions;
    }

    /**
     * Commits where a group is published to that has no position any more, in all partitions at once: one without a
     * position counts as added from then on.
     */
    private void commitForgotten(
            Map<TopicPartition, Long> published, Position.Origin origin, Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> all = new HashMap<>(consumer.beginningOffsets(partitionsOfTopic(consumer)));
        all.putAll(published);
        starting.requireForgettable(all, published.keySet());
        all.keySet().removeAll(partitionsWithPosition(consumer)); // which others gave them meanwhile
        Map<TopicPartition, OffsetAndMetadata> forgotten = new HashMap<>();
        all.forEach((partition, next) ->
                forgotten.put(partition, Position.at(next).of(origin).toCommit()));
        consumer.commitSync(forgotten);
    }

    private void requireOwn(Optional<Position> position) {
        Optional<Position.Origin> origin = position.flatMap(Position::origin);
        if (origin.isPresent() && !origin.get().streamId().equals(owner.id())) {
            throw new UnusablePositionException(
                    "Cannot consume as group %s: its positions belong to another root than %s (each root needs a group of its own, q.stream.group; or q events offsets --set --force takes it over)"
                            .formatted(owner.group(), files.warehouse().root()));
        }
    }

    /** The topic's partitions in which the group has a position. */
    private Set<TopicPartition> partitionsWithPosition(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> all = partitionsOfTopic(consumer);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(all);
        all.removeIf(partition -> committed.get(partition) == null);
        return all;
    }

    private Set<TopicPartition> partitionsOfTopic(Consumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toSet());
    }

    /** Kafka deletes the positions in a topic with it; manifests tell that there were some, in another topic. */
    private Optional<Position> positionInTopicThatIsGone(List<Manifest> done) {
        return done.stream()
                .filter(manifest -> manifest.hasTopic(topic))
                .findFirst()
                .map(manifest -> Position.at(0).of(new Position.Origin(manifest.topicId(), owner.id())));
    }

    /** Where manifests say that a topic's partitions are published to: the group's positions may have expired. */
    static Map<TopicPartition, Long> published(List<Manifest> done, String topic, String topicId) {
        return done.stream()
                .filter(manifest -> manifest.mayBeOf(topicId))
                .flatMap(manifest -> manifest.ranges().stream())
                .filter(range -> range.topic().equals(topic))
                .collect(Collectors.toMap(OffsetRange::topicPartition, OffsetRange::to, Math::max, HashMap::new));
    }
}
