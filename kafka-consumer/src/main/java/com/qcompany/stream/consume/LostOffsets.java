package com.qcompany.stream.consume;

import com.qcompany.stream.StreamLayout;
import com.qcompany.warehouse.state.ImmutableFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
     * @param from the first
     * @param to the one after the last
     */
    record Range(String topic, int partition, long from, long to) {}

    /** Records a range once; being told again changes nothing. */
    void record(TopicPartition partition, long from, long to) throws IOException {
        LOG.error(
                "Lost {} offsets of {}: {} to {} were deleted before they were consumed",
                to - from,
                partition,
                from,
                to);
        Path file = new Path(layout.lost(), "%s-%020d.json".formatted(partition, from));
        try {
            ImmutableFiles.write(fs, file, new Range(partition.topic(), partition.partition(), from, to));
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
