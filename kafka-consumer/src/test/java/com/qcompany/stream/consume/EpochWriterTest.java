package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.stream.Position;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochWriterTest {

    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
    private static final TopicPartition PARTITION = new TopicPartition("app-logs", 0);

    @TempDir
    private java.nio.file.Path root;

    private final Configuration conf = new Configuration();
    private long offset;

    @BeforeEach
    void configure() {
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        conf.setBoolean("fs.file.impl.disable.cache", true);
        conf.set(Settings.ROOT.key(), root.toUri().toString());
        conf.set(StreamSettings.LATE_POLICY.key(), "reject");
        conf.set(StreamSettings.MAX_LATENESS.key(), "3600");
    }

    @Test
    void anEventOfTheFarFutureMakesNoLaterOneLate() throws IOException {
        EpochWriter writer = writer();
        Epoch epoch = writer.newEpoch(NOW);
        EpochPartition partition = new EpochPartition(PARTITION, Position.at(0));

        writer.write(event("2026-11-26T05:05:11", Instant.parse("2026-11-26T05:05:11Z")), partition, epoch);
        writer.write(event("2031-01-01T05:05:11", Instant.parse("2031-01-01T05:05:11Z")), partition, epoch);
        writer.write(event("2026-11-26T06:20:11", Instant.parse("2026-11-26T06:20:11Z")), partition, epoch);

        Position position = partition.position(3, "e");
        assertThat(partition.range(3).published()).isEqualTo(3);
        assertThat(position.watermarkMillis())
                .isEqualTo(Instant.parse("2026-11-26T06:20:11Z").toEpochMilli());
        assertThat(position.lastRecordMillis()).as("the partition can be idle").isLessThanOrEqualTo(NOW.toEpochMilli());
        epoch.abandon();
    }

    @Test
    void aWatermarkThatWasSetAheadOfTheClockRejectsNothingThatIsNotLateNow() throws IOException {
        EpochWriter writer = writer();
        Epoch epoch = writer.newEpoch(NOW);
        long future = Instant.parse("2031-01-01T00:00:00Z").toEpochMilli();
        EpochPartition partition = new EpochPartition(
                PARTITION,
                new Position(0, Optional.of("e"), future, NOW.toEpochMilli(), NOW.toEpochMilli(), Optional.empty()));

        writer.write(event("2026-11-26T07:30:00", NOW), partition, epoch);
        writer.write(event("2026-11-26T03:30:00", NOW), partition, epoch);

        assertThat(partition.range(2).published()).isEqualTo(1);
        assertThat(partition.range(2).rejected()).isEqualTo(1);
        epoch.abandon();
    }

    @Test
    void aRecordThatTheWriterFailsOnAgainIsRejectedAlone() throws IOException {
        EpochWriter writer = writer();
        FaultyFileSystem.failToCreate(new IllegalStateException("a fault"), conf);
        ConsumerRecord<byte[], byte[]> record = event("2026-11-26T07:30:00", NOW);
        for (int attempt = 0; attempt < 2; attempt++) {
            Epoch epoch = writer.newEpoch(NOW);
            EpochPartition partition = new EpochPartition(PARTITION, Position.at(0));
            assertThatThrownBy(() -> writer.write(record, partition, epoch))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Cannot write app-logs-0@0");
            epoch.abandon();
        }
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        Epoch epoch = writer.newEpoch(NOW);
        EpochPartition partition = new EpochPartition(PARTITION, Position.at(0));

        writer.write(record, partition, epoch);
        writer.write(event("2026-11-26T07:31:00", NOW), partition, epoch);

        assertThat(partition.range(2).rejected()).isEqualTo(1);
        assertThat(partition.range(2).published()).isEqualTo(1);
        epoch.abandon();
    }

    @Test
    void aStormOfHoursFillsAnEpochAtABoundedNumberOfFiles() throws IOException {
        EpochWriter writer = writer();
        Epoch epoch = writer.newEpoch(NOW);
        EpochPartition partition = new EpochPartition(PARTITION, Position.at(0));
        int written = 0;
        while (!epoch.isFull()) {
            writer.write(event("20%02d-01-01T%02d:00:00".formatted(written / 24, written % 24), NOW), partition, epoch);
            written++;
            assertThat(epoch.events().openFiles()).isLessThanOrEqualTo(24);
        }

        assertThat(written).isEqualTo(EventFiles.MAX_FILES);
        Map<TopicPartition, Position> committed = Map.of(PARTITION, Position.at(0));
        assertThat(epoch.seal(FakeTopic.ID, committed, Map.of(PARTITION, (long) written))
                        .manifest()
                        .files())
                .hasSize(EventFiles.MAX_FILES);
    }

    private EpochWriter writer() throws IOException {
        EpochWriter writer = new EpochWriter(new FakeTopic(1).context(conf, EndCondition.endless(Clock.systemUTC())));
        writer.at(NOW);
        return writer;
    }

    private ConsumerRecord<byte[], byte[]> event(String time, Instant recordTime) {
        byte[] value = "{\"timestamp\": \"%s\"}".formatted(time).getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
                offset++,
                recordTime.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                value.length,
                null,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
