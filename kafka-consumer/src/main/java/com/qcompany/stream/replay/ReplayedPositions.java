package com.qcompany.stream.replay;

import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import org.apache.commons.lang3.StringUtils;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.common.TopicPartition;

/**
 * How far dead letters were sent again, as an empty file {@code stream/replayed/dead-letters/TOPIC-P/OFFSET.ID}: Kafka
 * forgets the positions of a group without members after a week.
 *
 * @param topicId Kafka's id of the dead-letter topic; files of earlier releases have none
 */
record ReplayedPositions(StreamFiles stream, String topicId) {

    /** Offset after the last that is known to be sent; 0 where none is. */
    long of(TopicPartition partition) throws IOException {
        return Listing.of(stream.fs(), directory(partition)).stream()
                .map(file -> file.getPath().getName())
                .filter(name -> !name.contains(".") || isOfTopic(name))
                .mapToLong(ReplayedPositions::offset)
                .max()
                .orElse(0);
    }

    /** Keeps the offset after the last that was sent, in place of lower ones and those of another topic. */
    void keep(TopicPartition partition, long next) throws IOException {
        stream.fs()
                .create(new Path(directory(partition), next + "." + topicId), true)
                .close();
        for (FileStatus file : Listing.of(stream.fs(), directory(partition))) {
            String name = file.getPath().getName();
            if (!isOfTopic(name) || offset(name) < next) {
                stream.fs().delete(file.getPath(), false);
            }
        }
    }

    private boolean isOfTopic(String name) {
        return name.endsWith("." + topicId);
    }

    private static long offset(String name) {
        return Long.parseLong(StringUtils.substringBefore(name, "."));
    }

    private Path directory(TopicPartition partition) {
        return stream.path("replayed/dead-letters/" + partition);
    }
}
