package com.qcompany.stream.consume;

import com.qcompany.stream.event.EventParser;
import com.qcompany.stream.event.EventRow;
import com.qcompany.stream.event.Rejection;
import com.qcompany.stream.event.ZoneClock;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.command.StreamSettings.LatePolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Takes records into an epoch, each as a row, a rejection or a skipped tombstone. For one thread. */
final class Intake {

    private static final long MILLIS_PER_HOUR = 3_600_000;
    private static final long MICROS_PER_MILLI = 1000;

    private final EventParser parser;
    private final EventRow row = new EventRow();
    private final ZoneClock zone;
    private final long graceMillis;
    private final Duration maxLateness;
    private final boolean rejectsLate;
    private final StreamMetrics metrics;

    Intake(Configuration conf, StreamMetrics metrics) {
        this.parser = new EventParser(conf);
        this.zone = new ZoneClock(StreamSettings.ZONE.get(conf));
        this.graceMillis = StreamSettings.GRACE.get(conf).toMillis();
        this.maxLateness = StreamSettings.MAX_LATENESS.get(conf);
        this.rejectsLate = StreamSettings.LATE_POLICY.get(conf) == LatePolicy.REJECT;
        this.metrics = metrics;
    }

    /** Sets the time that rows taken from now on say they were taken at. */
    void at(Instant now) {
        row.ingestedAt(Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1000));
    }

    /** Takes one record. */
    void take(ConsumerRecord<byte[], byte[]> record, PartitionTake take, Epoch epoch) throws IOException {
        if (record.value() == null) {
            take.tombstone(record.timestamp());
            metrics.tombstone();
            return;
        }
        Rejection rejection = parser.parse(record, row);
        if (rejection == null) {
            rejection = judgeLateness(take);
        }
        if (rejection != null) {
            epoch.rejects().add(record, rejection);
            take.rejected(record.timestamp());
            metrics.rejected(rejection.code());
            return;
        }
        epoch.files().write(row);
        take.row(row.eventTimeMicros() / MICROS_PER_MILLI, zone.ofUtcMillis(record.timestamp()), record.timestamp());
        if (row.timeFromRecord()) {
            metrics.timeFromRecord();
        }
    }

    private @Nullable Rejection judgeLateness(PartitionTake take) {
        long watermark = take.watermarkMillis();
        long hourEnd = (row.hourNumber() + 1) * MILLIS_PER_HOUR;
        if (watermark < hourEnd + graceMillis) {
            return null;
        }
        metrics.late();
        long lateness = watermark - row.eventTimeMicros() / MICROS_PER_MILLI;
        return rejectsLate && lateness > maxLateness.toMillis()
                ? Rejection.tooLate(lateness, maxLateness.toMillis())
                : null;
    }
}
