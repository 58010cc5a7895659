package com.qcompany.stream.consume;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The commit point of an epoch: all its partitions at once, or none. */
interface OffsetCommit extends AutoCloseable {

    /**
     * Commits.
     *
     * @param offsets positions whose metadata names the epoch
     * @param deadLetters records that become visible with the commit; empty unless the rejects go to a topic
     * @throws org.apache.kafka.common.errors.RebalanceInProgressException when it must poll first and commit again
     * @throws org.apache.kafka.common.errors.FencedInstanceIdException when another has taken the thread's name, as
     *     {@link org.apache.kafka.common.errors.ProducerFencedException}; what was committed is for that one to ask
     * @throws org.apache.kafka.common.KafkaException anything else: what was committed only a new membership can tell
     */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets, List<ProducerRecord<byte[], byte[]>> deadLetters);

    @Override
    void close();
}
