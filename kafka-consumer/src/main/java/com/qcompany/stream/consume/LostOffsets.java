package com.qcompany.stream.consume;

import com.qcompany.stream.StreamLayout;
import com.qcompany.warehouse.state.ImmutableFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The record of offsets that the broker deleted before they were consumed, for the log and {@code q events audit}. */
final class LostOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(LostOffsets.class);

    private final FileSystem fs;
    private final StreamLayout layout;

    LostOffsets(FileSystem fs, StreamLayout layout) {
        this.fs = fs;
        this.layout = layout;
    }

    /**
     * Offsets of a partition that were never consumed.
     *
     * @param topicId Kafka's id of the topic; empty where it is not known
     * @param from the first
     * @param to the one after the last
     */
    record Range(String topic, String topicId, int partition, long from, long to) {

        Range {
            topicId = Objects.requireNonNullElse(topicId, ""); // older records have none
        }
    }

    /** Records a range once; recording it again changes nothing. */
    void record(String topicId, TopicPartition partition, long from, long to) throws IOException {
        LOG.error(
                "Lost {} offsets of {}: {} to {} were deleted before they were consumed",
                to - from,
                partition,
                from,
                to);
        Path file = new Path(
                layout.lost(), "%s-%020d%s.json".formatted(partition, from, topicId.isEmpty() ? "" : "-" + topicId));
        try {
            ImmutableFiles.write(fs, file, new Range(partition.topic(), topicId, partition.partition(), from, to));
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} is recorded already", file, e);
        }
    }

    /** Every recorded range. */
    List<Range> all() throws IOException {
        List<Range> ranges = new ArrayList<>();
        for (Path file : ImmutableFiles.list(fs, layout.lost())) {
            ranges.add(ImmutableFiles.read(fs, file, Range.class));
        }
        return ranges;
    }
}
