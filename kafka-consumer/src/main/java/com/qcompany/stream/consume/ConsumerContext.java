package com.qcompany.stream.consume;

import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.StreamSettings;
import java.time.Clock;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.functional.CallableRaisingIOE;

/**
 * What one consumer thread works with.
 *
 * @param instance its name in the group and in staging
 * @param topicId asks for Kafka's id of the topic; an IOException, so an outage, where the brokers do not answer or the
 *     topic is gone, which may come back
 */
record ConsumerContext(
        String instance,
        StreamFiles files,
        StreamOwner owner,
        CallableRaisingIOE<String> topicId,
        EndCondition end,
        StreamMetrics metrics,
        Clock clock) {

    Configuration conf() {
        return files.conf();
    }

    String topic() {
        return StreamSettings.TOPIC.get(conf());
    }
}
