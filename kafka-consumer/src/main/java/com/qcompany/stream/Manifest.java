package com.qcompany.stream;

import com.qcompany.warehouse.state.ImmutableFiles;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.lang3.StringUtils;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.common.TopicPartition;

/**
 * What one epoch publishes, written before its offsets are committed and never changed.
 *
 * @param epoch id, unique for ever; begins with its UTC date as {@code uuuuMMdd}
 * @param instance consumer thread that wrote it
 * @param topicId Kafka's id of the topic that the ranges are of; empty where it is not known
 * @param files staged files and what they become
 * @param ranges offsets that were taken
 */
public record Manifest(
        String epoch, String instance, String topicId, List<StagedFile> files, List<OffsetRange> ranges) {

    public Manifest {
        topicId = Objects.requireNonNullElse(topicId, ""); // manifests of older versions have none
        files = List.copyOf(files);
        ranges = List.copyOf(ranges);
    }

    /** Epochs that are sealed, committed or about to be, and not wholly published, in the order of their ids. */
    public static List<String> pending(StreamFiles stream) throws IOException {
        return ImmutableFiles.list(stream.fs(), stream.path("manifests")).stream()
                .map(Path::getName)
                .filter(name -> name.endsWith(".json"))
                .map(name -> StringUtils.removeEnd(name, ".json"))
                .toList();
    }

    /** The manifest of an epoch, if it is one of them. */
    public static Optional<Manifest> find(StreamFiles stream, String epoch) throws IOException {
        return ImmutableFiles.find(stream.fs(), stream.manifest(epoch), Manifest.class);
    }

    /** Whether its ranges are of a topic with some id; manifests of older versions may be of any. */
    public boolean mayBeOf(String id) {
        return topicId.isEmpty() || topicId.equals(id);
    }

    /** Whether it has a range of a topic of that name. */
    public boolean hasTopic(String name) {
        return ranges.stream().anyMatch(range -> range.topic().equals(name));
    }

    /** Rows of table kafka that it publishes. */
    public long publishedRows() {
        return ranges.stream().mapToLong(OffsetRange::published).sum();
    }

    /**
     * One file.
     *
     * @param staged path below {@code q.root} that it was written to
     * @param target path below {@code q.root} that it gets by one rename
     * @param rows rows in it
     * @param bytes its size
     */
    public record StagedFile(String staged, String target, long rows, long bytes) {}

    /**
     * Offsets of one partition and what became of their records: to − from = published + rejected + tombstones + absent.
     *
     * @param from first offset
     * @param to offset after the last
     * @param published rows of table kafka
     * @param rejected rows of rejected_events or dead letters
     * @param tombstones records without a value, skipped
     * @param absent offsets without a record: transaction markers, aborted or compacted records
     */
    public record OffsetRange(
            String topic,
            int partition,
            long from,
            long to,
            long published,
            long rejected,
            long tombstones,
            long absent) {

        public OffsetRange {
            if (to - from != published + rejected + tombstones + absent) {
                throw new IllegalArgumentException(
                        "Cannot account for offsets %d to %d of %s-%d: %d published, %d rejected, %d tombstones, %d absent"
                                .formatted(from, to, topic, partition, published, rejected, tombstones, absent));
            }
        }

        public TopicPartition topicPartition() {
            return new TopicPartition(topic, partition);
        }
    }
}
