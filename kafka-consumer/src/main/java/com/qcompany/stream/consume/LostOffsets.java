package com.qcompany.stream.consume;

import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.state.ImmutableFiles;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of offsets that are not consumed, as the broker deleted them or an operator left them out, for the log and
 * {@code q events audit}.
 */
record LostOffsets(StreamFiles files) {

    private static final Logger LOG = LoggerFactory.getLogger(LostOffsets.class);

    /** Offsets of a partition that were never consumed, to the one after the last; the id is empty if it is not known. */
    record Range(String topic, String topicId, int partition, long from, long to) {

        Range {
            topicId = Objects.requireNonNullElse(topicId, ""); // older records have none
        }
    }

    /** Records a range once, and gives its file; recording it again changes nothing. */
    Path record(String topicId, TopicPartition partition, long from, long to) throws IOException {
        LOG.error("Lost {} offsets of {}: {} to {} are not consumed", to - from, partition, from, to);
        String name = "%s-%020d-%020d%s.json".formatted(partition, from, to, topicId.isEmpty() ? "" : "-" + topicId);
        Path file = new Path(files.path("lost"), name);
        try {
            ImmutableFiles.write(
                    files.fs(), file, new Range(partition.topic(), topicId, partition.partition(), from, to));
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} is recorded already", file, e);
        }
        return file;
    }

    /** Every recorded range. */
    List<Range> all() throws IOException {
        return ImmutableFiles.all(files.fs(), files.path("lost"), Range.class);
    }
}
