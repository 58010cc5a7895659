package com.qcompany.stream.consume;

import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.time.Clock;
import org.apache.hadoop.conf.Configuration;

/** What one consumer thread works with; {@code instance} is its name in the group and in staging. */
record ConsumerContext(
        String instance,
        StreamFiles files,
        StreamOwner owner,
        TopicIdentity identity,
        EndCondition end,
        StreamMetrics metrics,
        Clock clock) {

    /** Asks for Kafka's id of the topic; an IOException where the brokers do not answer or there is none. */
    @FunctionalInterface
    interface TopicIdentity {
        String topicId() throws IOException;
    }

    Configuration conf() {
        return files.conf();
    }

    String topic() {
        return StreamSettings.TOPIC.get(conf());
    }
}
