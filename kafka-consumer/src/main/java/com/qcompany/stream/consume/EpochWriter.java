package com.qcompany.stream.consume;

import com.qcompany.stream.Position;
import com.qcompany.stream.event.EventParser;
import com.qcompany.stream.event.EventRow;
import com.qcompany.stream.event.RejectedEvents;
import com.qcompany.stream.event.Rejection;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.command.StreamSettings.LatePolicy;
import com.qcompany.warehouse.command.StreamSettings.RejectTo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes records into an epoch, each as a row, a rejection or a skipped tombstone. For one thread. */
final class EpochWriter {

    private static final Logger LOG = LoggerFactory.getLogger(EpochWriter.class);
    private static final long MILLIS_PER_HOUR = 3_600_000;
    private static final long MICROS_PER_MILLI = 1000;
    /** How far a producer's clock may be ahead; a time beyond it says nothing of how far a partition has come. */
    private static final long CLOCK_SKEW_MILLIS = 300_000;

    private final ConsumerContext context;
    private final EventParser parser;
    private final EventRow row = new EventRow();
    private final ZoneId zone;
    private final long graceMillis;
    private final Duration maxLateness;
    private final boolean rejectsLate;
    private final StreamMetrics metrics;
    private final Map<String, Integer> failures = new HashMap<>();
    private Optional<String> deadLetterTopic;
    private long nowMillis;
    private long nowLocalMillis;

    EpochWriter(ConsumerContext context) {
        Configuration conf = context.conf();
        this.context = context;
        this.parser = new EventParser(conf);
        this.zone = StreamSettings.ZONE.get(conf);
        this.graceMillis = StreamSettings.GRACE.get(conf).toMillis();
        this.maxLateness = StreamSettings.MAX_LATENESS.get(conf);
        this.rejectsLate = StreamSettings.LATE_POLICY.get(conf) == LatePolicy.REJECT;
        this.metrics = context.metrics();
        this.deadLetterTopic = StreamSettings.REJECT_TO.get(conf) == RejectTo.TOPIC
                ? Optional.of(StreamSettings.deadLetterTopic(conf))
                : Optional.empty();
    }

    /** An epoch to write to. */
    Epoch newEpoch(Instant begin) {
        return new Epoch(context.files(), context.instance(), begin, deadLetterTopic);
    }

    /** Makes the rejected events of new epochs go to the table: the dead-letter topic has refused some. */
    void rejectToTable() {
        deadLetterTopic = Optional.empty();
    }

    /** Sets the time that rows from now on say they were polled at, and that bounds watermarks. */
    void at(Instant now) {
        row.ingestedAt(ChronoUnit.MICROS.between(Instant.EPOCH, now));
        nowMillis = now.toEpochMilli();
        nowLocalMillis = nowMillis + zone.getRules().getOffset(now).getTotalSeconds() * 1000L;
    }

    /** Writes one record. */
    void write(ConsumerRecord<byte[], byte[]> record, EpochPartition partition, Epoch epoch) throws IOException {
        long recordMillis = Math.min(record.timestamp(), nowMillis);
        partition.record(recordMillis);
        if (record.value() == null) {
            partition.tombstone();
            metrics.tombstones.increment();
            return;
        }
        Rejection rejection = parser.parse(record, row);
        if (rejection == null) {
            rejection = judgeLateness(partition);
        }
        if (rejection == null) {
            rejection = writeRow(record, epoch);
        }
        if (rejection != null) {
            epoch.rejects().add(record, rejection);
            partition.rejected();
            metrics.rejected(rejection.code());
            return;
        }
        partition.row(reachedMillis(), recordMillis);
        row.accepted().forEach(metrics::accepted);
        if (row.timeFromRecord()) {
            metrics.timesFromRecord.increment();
        }
    }

    /**
     * Writes the row. A writer that fails leaves a file that is of no use, so the epoch's records have to come again; the
     * record that it fails on a second time is rejected.
     */
    private @Nullable Rejection writeRow(ConsumerRecord<?, byte[]> record, Epoch epoch) throws IOException {
        if (!failures.isEmpty() && failures.getOrDefault(RejectedEvents.name(record), 0) > 1) {
            return Rejection.unwritable();
        }
        try {
            epoch.files().write(row, record.value().length);
            return null;
        } catch (RuntimeException e) {
            String name = RejectedEvents.name(record);
            failures.merge(name, 1, Integer::sum);
            LOG.warn("Cannot write {}; it is tried twice, then rejected", name, e);
            throw new IOException("Cannot write %s: %s".formatted(name, e), e);
        }
    }

    /** Event time that its partition has come to by the row: not beyond its record's time, nor beyond the clock. */
    private long reachedMillis() {
        long time = Math.min(row.eventTimeMicros(), row.recordTimeMicros()) / MICROS_PER_MILLI;
        return time > nowLocalMillis + CLOCK_SKEW_MILLIS ? Position.NOTHING : Math.min(time, nowLocalMillis);
    }

    private @Nullable Rejection judgeLateness(EpochPartition partition) {
        long watermark = Math.min(partition.watermarkMillis(), nowLocalMillis);
        long hourEnd = (row.hourNumber() + 1) * MILLIS_PER_HOUR;
        if (watermark < hourEnd + graceMillis) {
            return null;
        }
        metrics.late.increment();
        long lateness = watermark - row.eventTimeMicros() / MICROS_PER_MILLI;
        return rejectsLate && lateness > maxLateness.toMillis()
                ? Rejection.tooLate(lateness, maxLateness.toMillis())
                : null;
    }
}
