package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Position;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.compact.MeanwhileFileSystem;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.fake.FaultyFileSystem;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.ErasedCustomers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
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
    private static final String OF_ERASED =
            "{\"customerId\": \"85469\", \"name\": \"Ann Brown\", \"quantity\": \"Ann\"}";

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
            assertThat(epoch.files().openFiles()).isLessThanOrEqualTo(24);
        }

        assertThat(written).isEqualTo(StagedFiles.MAX_FILES);
        Map<TopicPartition, Position> committed = Map.of(PARTITION, Position.at(0));
        assertThat(epoch.seal(FakeTopic.ID, committed, Map.of(PARTITION, (long) written))
                        .manifest()
                        .files())
                .hasSize(StagedFiles.MAX_FILES);
    }

    @Test
    void rejectedRecordsOfTwoHoursInTurnMakeTwoFilesAndThoseOfManyHoursFillAnEpoch() throws IOException {
        EpochWriter writer = writer();
        Epoch epoch = writer.newEpoch(NOW);
        EpochPartition partition = new EpochPartition(PARTITION, Position.at(0));
        for (int i = 0; i < 10; i++) {
            writer.write(record("{", NOW.minusSeconds(i % 2 * 3600)), partition, epoch);
        }
        int hours = 2;
        while (!epoch.isFull()) {
            writer.write(record("{", NOW.minusSeconds(hours++ * 3600)), partition, epoch);
        }

        Manifest manifest = epoch.seal(FakeTopic.ID, Map.of(PARTITION, Position.at(0)), Map.of(PARTITION, offset))
                .manifest();
        assertThat(manifest.files()).hasSize(StagedFiles.MAX_FILES);
        assertThat(manifest.files()).filteredOn(file -> file.rows() == 5).hasSize(2);
    }

    @Test
    void aRejectedRecordOfAnErasedCustomerSaysNothingOfThem() throws IOException {
        Files.createDirectories(root.resolve("state/erasures/begun/85469@erase-1"));
        EpochWriter writer = writer();
        Epoch epoch = writer.newEpoch(NOW);
        EpochPartition partition = new EpochPartition(PARTITION, Position.at(0));
        String event = "{\"customerId\": \"%s\", \"name\": \"Ann Brown\", \"quantity\": \"Ann\"}";
        writer.write(record(event.formatted(85469), NOW), partition, epoch);
        writer.write(record(event.formatted(854691), NOW), partition, epoch);

        Manifest manifest = epoch.seal(FakeTopic.ID, Map.of(PARTITION, Position.at(0)), Map.of(PARTITION, 2L))
                .manifest();
        List<Row> rows = refused(manifest.files().get(0).staged());
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).toString()).contains("erased", "type_mismatch").doesNotContain("Ann", "85469");
        assertThat(rows.get(1).text("raw_value")).isEqualTo(event.formatted(854691));
    }

    @Test
    void anEpochThatWasOpenWhenAnErasureBeganIsKnownUntilItIsPublished() throws IOException {
        ConsumerContext context = new FakeTopic(1).context(conf, EndCondition.until(Instant.MAX, Clock.systemUTC()));
        EpochWriter writer = writer(context);
        Epoch epoch = writer.newEpoch(NOW);
        EpochPartition partition = new EpochPartition(PARTITION, Position.at(0));
        writer.write(record(OF_ERASED, NOW), partition, epoch);
        assertThat(epochsWithRefused()).hasSize(1);

        Files.createDirectories(root.resolve("state/erasures/begun/85469@erase-1"));
        writer.write(record(OF_ERASED, NOW), partition, epoch);
        writer.write(record(OF_ERASED, NOW.plusSeconds(3600)), partition, epoch);
        Manifest manifest = epoch.seal(FakeTopic.ID, Map.of(PARTITION, Position.at(0)), Map.of(PARTITION, 3L))
                .manifest();
        Manifests manifests = new Manifests(context.files(), Clock.systemUTC());
        manifests.write(manifest);
        assertThat(epochsWithRefused()).as("it is sealed").containsExactly(manifest.epoch());
        manifests.publish(manifest);

        assertThat(epochsWithRefused()).isEmpty();
        assertThat(refused(manifest.files().get(0).target()))
                .hasSize(2)
                .asString()
                .contains("Ann");
        assertThat(refused(manifest.files().get(1).target()))
                .hasSize(1)
                .asString()
                .doesNotContain("Ann");
    }

    @Test
    void anErasureThatBeginsWhileAFileIsMadeKnowsItsEpochOrTheFileSaysNothing() throws IOException {
        ConsumerContext context = new FakeTopic(1).context(conf, EndCondition.until(Instant.MAX, Clock.systemUTC()));
        StreamFiles files = context.files();
        boolean hasHappened = true;
        for (int call = 0; hasHappened; call++) {
            Set<String> known = new HashSet<>();
            Path begun = new Path(root.toUri().toString(), "state/erasures/begun/85469@erase-1");
            MeanwhileFileSystem slow = new MeanwhileFileSystem(files.fs(), call, () -> {
                files.fs().mkdirs(begun);
                known.addAll(epochsWithRefused());
            });
            EpochWriter writer = writer(new ConsumerContext(
                    context.instance(),
                    new StreamFiles(conf, slow, files.warehouse()),
                    context.owner(),
                    context.topicId(),
                    context.end(),
                    context.metrics(),
                    context.clock()));
            Epoch epoch = writer.newEpoch(NOW);
            writer.write(record(OF_ERASED, NOW), new EpochPartition(PARTITION, Position.at(0)), epoch);
            Manifest manifest = epoch.seal(FakeTopic.ID, Map.of(), Map.of()).manifest();
            hasHappened = slow.hasHappened();
            if (hasHappened && !known.contains(manifest.epoch())) {
                assertThat(refused(manifest.files().get(0).staged()).toString())
                        .as("the erasure begins before call %d", call)
                        .doesNotContain("Ann");
            }
            assertThat(hasHappened || call > 2).isTrue();
            files.fs().delete(begun, true);
            files.fs().delete(files.path("staging"), true);
        }
    }

    private Set<String> epochsWithRefused() throws IOException {
        StreamFiles files = StreamFiles.of(conf);
        return ErasedCustomers.epochsWithRefused(files.fs(), files.warehouse());
    }

    private List<Row> refused(String file) throws IOException {
        List<Row> rows = new ArrayList<>();
        ParquetRows.forEach(
                ParquetRows.reader(StarSchema.REJECTED_EVENTS, new Path(Settings.ROOT.get(conf), file), conf),
                rows::add);
        return rows;
    }

    private EpochWriter writer() throws IOException {
        return writer(new FakeTopic(1).context(conf, EndCondition.until(Instant.MAX, Clock.systemUTC())));
    }

    private EpochWriter writer(ConsumerContext context) {
        EpochWriter writer = new EpochWriter(context);
        writer.at(NOW);
        return writer;
    }

    private ConsumerRecord<byte[], byte[]> event(String time, Instant recordTime) {
        return record("{\"timestamp\": \"%s\"}".formatted(time), recordTime);
    }

    private ConsumerRecord<byte[], byte[]> record(String text, Instant recordTime) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
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
