package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.event.RejectedEvents;
import com.qcompany.stream.event.Rejection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rejected events as records of the dead-letter topic, held in memory until the commit sends them. One that a topic with
 * Kafka's default limits would not take goes to the table.
 */
final class RejectedTopic implements Rejects {

    /** Kafka's default limits are 1,048,576 bytes for a producer's request and 1,048,588 for a topic's batch. */
    private static final int LARGEST_LETTER_BYTES = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(RejectedTopic.class);

    private final String topic;
    private final long limitBytes;
    private final Rejects table;
    private final List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
    private long bytes;

    /**
     * @param limitBytes size of the letters at which their epoch should be committed
     * @param table takes what is too large for the topic
     */
    RejectedTopic(String topic, long limitBytes, Rejects table) {
        this.topic = topic;
        this.limitBytes = limitBytes;
        this.table = table;
    }

    @Override
    public void add(ConsumerRecord<byte[], byte[]> record, Rejection rejection) throws IOException {
        ProducerRecord<byte[], byte[]> letter = RejectedEvents.deadLetter(topic, record, rejection);
        long size = size(letter);
        if (size > LARGEST_LETTER_BYTES) {
            LOG.warn(
                    "{}-{}@{} is too large for topic {} and goes to table rejected_events: {} bytes",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    topic,
                    size);
            table.add(record, rejection);
            return;
        }
        letters.add(letter);
        bytes += size;
    }

    private static long size(ProducerRecord<byte[], byte[]> letter) {
        long size = letter.key() == null ? 0 : letter.key().length;
        size += letter.value().length;
        for (Header header : letter.headers()) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }

    @Override
    public boolean isFull() {
        return bytes >= limitBytes;
    }

    @Override
    public List<StagedFile> close() throws IOException {
        return table.close();
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> deadLetters() {
        return List.copyOf(letters);
    }

    @Override
    public void abandon() {
        letters.clear();
        table.abandon();
    }
}
