package com.qcompany.stream.consume;

import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.event.EventFileWriter;
import com.qcompany.stream.event.RejectedEvents;
import com.qcompany.stream.event.Rejection;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.ErasedCustomers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An epoch's rejected events, with their bytes and the reason: rows of table rejected_events by the hour of their record,
 * which say nothing of erased customers, or records of the dead-letter topic, held in memory until the commit sends them.
 * One that a topic with Kafka's default limits would not take goes to the table.
 */
final class Rejects {

    private static final Logger LOG = LoggerFactory.getLogger(Rejects.class);
    /** Kafka's default limits are 1,048,576 bytes for a producer's request and 1,048,588 for a topic's batch. */
    private static final int MAX_LETTER_BYTES = 1_000_000;
    /** Size of the letters in memory at which their epoch is committed. */
    private static final long MAX_LETTERS_BYTES = 4 << 20;

    private final StagedFiles staged;
    private final String epoch;
    private final StreamFiles files;
    private final Optional<String> deadLetterTopic;
    private final List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
    private ErasedCustomers erased = new ErasedCustomers(Set.of());
    private long letterBytes;
    private long count;
    private String first = "";

    /** @param deadLetterTopic where rejected events go; empty: to the table */
    Rejects(StagedFiles staged, String epoch, StreamFiles files, Optional<String> deadLetterTopic) {
        this.staged = staged;
        this.epoch = epoch;
        this.files = files;
        this.deadLetterTopic = deadLetterTopic;
    }

    /** Keeps an event. */
    void add(ConsumerRecord<byte[], byte[]> record, Rejection rejection) throws IOException {
        if (count++ == 0) {
            first = "%s: %s"
                    .formatted(RejectedEvents.name(record), rejection.code().text());
        }
        if (deadLetterTopic.isEmpty() || !addLetter(deadLetterTopic.get(), record, rejection)) {
            EventFileWriter writer = writerOf(RejectedEvents.hour(record));
            Row row = RejectedEvents.row(record, rejection, epoch);
            if (!erased.ids().isEmpty()) {
                erased.eraseRefused(row, text -> false);
            }
            staged.write(writer, row, record.value().length);
        }
    }

    /** Whether so much is held in memory that the epoch should be committed. */
    boolean isFull() {
        return letterBytes >= MAX_LETTERS_BYTES;
    }

    /** Tells the log of the first event, lest every one fills it. */
    void log() {
        if (count > 0) {
            LOG.info("Rejected {} events, the first is {}", count, first);
        }
    }

    /** Records to be sent with the commit. */
    List<ProducerRecord<byte[], byte[]>> deadLetters() {
        return List.copyOf(letters);
    }

    private boolean addLetter(String topic, ConsumerRecord<byte[], byte[]> record, Rejection rejection) {
        ProducerRecord<byte[], byte[]> letter = RejectedEvents.deadLetter(topic, record, rejection);
        long bytes = size(letter.key()) + size(letter.value());
        for (Header header : letter.headers()) {
            bytes += header.key().length() + size(header.value());
        }
        if (bytes > MAX_LETTER_BYTES) {
            LOG.warn(
                    "{} is too large for topic {} and goes to table rejected_events: {} bytes",
                    RejectedEvents.name(record),
                    topic,
                    bytes);
            return false;
        }
        letterBytes += bytes;
        return letters.add(letter);
    }

    private static long size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private EventFileWriter writerOf(String hour) throws IOException {
        EventFileWriter writer = staged.find(hour);
        if (writer == null) {
            Path directory = files.warehouse().partition(StarSchema.REJECTED_EVENTS, List.of(hour));
            writer = staged.open(hour, directory, ErasedCustomers.REFUSED, EventFileWriter::openRejected);
            // After the file is made: an erasure that is not known here has the file to wait for.
            erased = ErasedCustomers.of(files.fs(), files.warehouse());
        }
        return writer;
    }
}
