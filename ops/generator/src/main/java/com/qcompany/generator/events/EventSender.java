package com.qcompany.generator.events;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends generated records in order and counts what the right answers over them are. */
final class EventSender {

    private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);
    private static final long PROGRESS_NANOS = 5_000_000_000L;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    EventSender(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /**
     * Sends all of a generator's records and waits until the brokers have them.
     *
     * @throws IOException if one could not be sent; some of those after it may have been
     */
    ExpectedAnswers send(EventGenerator generator, Pace pace) throws IOException {
        AnswerTally tally = new AnswerTally();
        long started = System.nanoTime();
        long nextProgress = started + PROGRESS_NANOS;
        for (long number = 0; number < generator.count(); number++) {
            pace.await(number);
            GeneratedRecord generated = generator.record(number);
            producer.send(
                    new ProducerRecord<>(
                            topic, generated.partition(), generated.millis(), generated.key(), generated.value()),
                    (metadata, problem) -> failure.compareAndSet(null, problem));
            tally.add(generated.fate());
            failIfRefused();
            if ((number & 0xFFF) == 0 && System.nanoTime() >= nextProgress) {
                nextProgress += PROGRESS_NANOS;
                LOG.info("{}", progress(number + 1, generator.count(), System.nanoTime() - started));
            }
        }
        producer.flush();
        failIfRefused();
        return tally.answers();
    }

    private String progress(long sent, long count, long nanos) {
        return String.format(
                Locale.ROOT, "Sent %,d of %,d records to %s, %,.0f a second", sent, count, topic, sent * 1e9 / nanos);
    }

    private void failIfRefused() throws IOException {
        Exception problem = failure.get();
        if (problem != null) {
            throw new IOException("Cannot send to %s: %s".formatted(topic, problem.getMessage()), problem);
        }
    }
}
