package com.qcompany.stream.replay;

import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.common.TopicPartition;

/**
 * How far dead letters were sent again, as an empty file {@code stream/replayed/dead-letters/TOPIC-P/OFFSET}: Kafka
 * forgets the positions of a group without members after a week.
 */
record ReplayedPositions(StreamFiles stream) {

    /** Offset after the last that is known to be sent; 0 where none is. */
    long of(TopicPartition partition) throws IOException {
        return Listing.of(stream.fs(), directory(partition)).stream()
                .mapToLong(file -> Long.parseLong(file.getPath().getName()))
                .max()
                .orElse(0);
    }

    /** Keeps the offset after the last that was sent, in place of lower ones. */
    void keep(TopicPartition partition, long next) throws IOException {
        stream.fs()
                .create(new Path(directory(partition), Long.toString(next)), true)
                .close();
        for (FileStatus file : Listing.of(stream.fs(), directory(partition))) {
            if (Long.parseLong(file.getPath().getName()) < next) {
                stream.fs().delete(file.getPath(), false);
            }
        }
    }

    private Path directory(TopicPartition partition) {
        return stream.layout().resolve("stream/replayed/dead-letters/" + partition);
    }
}
