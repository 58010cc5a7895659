package com.qcompany.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.RowTally.PartitionRows;
import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.LeaseHeldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HourCompactorTest {

    private static final String HOUR = "2024-07-04-05";
    private static final Duration LATE_INTERVAL = Duration.ofMinutes(10);

    @TempDir
    Path temp;

    @Test
    void makesOneFileOfAClosedHour() throws IOException {
        TestStream stream = onClose().epoch("e1", HOUR, 3).epoch("e2", HOUR, 4).passed("2024-07-04T06:05:00");

        CompactionSummary summary = stream.compactor().run();

        assertThat(summary.closings()).isOne();
        assertThat(summary.files()).isEqualTo(2);
        assertThat(summary.rows()).isEqualTo(7);
        assertThat(names(stream.visibleFiles())).containsExactly(HOUR + ".1.parquet");
        assertThat(stream.visibleOffsets()).containsExactlyElementsOf(offsets(7));
        assertThat(stream.files("stream/open")).isEmpty();
        assertThat(stream.fs.exists(stream.layout.open(EventHour.parse(HOUR)))).isFalse();
        assertThat(stream.registered)
                .containsExactly("kafka[2024-07-04, 5] at tables/kafka/event_date=2024-07-04/event_hour=5");
    }

    @Test
    void tellsOpenLineageOfAClosedHour() throws IOException {
        TestStream stream = onClose().epoch("e1", HOUR, 3).passed("2024-07-04T06:05:00");
        Path events = temp.resolve("lineage.jsonl");
        stream.conf.set("q.lineage.file", events.toString());

        stream.compactor().run();

        assertThat(Files.readAllLines(events))
                .singleElement()
                .asString()
                .contains("\"COMPLETE\"", "\"name\":\"close\"", "\"name\":\"app-logs\"", "\"rowCount\":3");
    }

    @Test
    void publishesAFileThatIsAloneAsItIs() throws IOException {
        TestStream stream = onClose().epoch("e1", HOUR, 3).passed("2024-07-04T06:05:00");
        long bytes = stream.files("stream/open").get(0).getLen();

        assertThat(stream.compactor().run().rows()).isEqualTo(3);

        assertThat(stream.visibleFiles()).extracting(FileStatus::getLen).containsExactly(bytes);
        assertThat(stream.visibleOffsets()).containsExactlyElementsOf(offsets(3));
        assertThat(stream.files("stream/open")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void closesAnHourWithoutWhatErasedCustomersHaveBesideTheColumns(int files) throws IOException {
        TestStream stream = onClose().passed("2024-07-04T06:05:00");
        for (int file = 0; file < files; file++) {
            stream.epoch("e" + file, HOUR, 20);
        }
        List<Row> open = stream.rows("stream/open");
        String erased = open.stream()
                .filter(row -> row.get("extras") != null)
                .findFirst()
                .orElseThrow()
                .text("customerid");
        stream.fs.mkdirs(stream.layout.resolve("state/erasures/begun/%s@erase-1".formatted(erased)));

        stream.compactor().run();

        assertThat(stream.rows("tables/kafka")).hasSize(20 * files).allSatisfy(row -> {
            Row before = open.stream()
                    .filter(each -> each.get("kafka_offset").equals(row.get("kafka_offset")))
                    .findFirst()
                    .orElseThrow();
            assertThat(row.toString())
                    .isEqualTo((before.text("customerid").equals(erased) ? before.set("extras", null) : before)
                            .toString());
        });
        assertThat(new HourAudit(stream.on(stream.fs), stream.clock().instant())
                        .find()
                        .faults())
                .isEmpty();
    }

    @Test
    void tellsOfHoursThatALimitLeaves() throws IOException {
        TestStream stream =
                onClose().epoch("e1", HOUR, 1).epoch("e2", "2024-07-04-06", 1).passed("2024-07-04T09:00:00");
        HourCompactor compactor = stream.compactor();

        assertThat(compactor.run(1).left()).isOne();
        assertThat(compactor.run(1).left()).isZero();
    }

    @Test
    void leavesAnHourOpenThatEventsHaveNotPassed() throws IOException {
        TestStream stream = onClose().epoch("e1", HOUR, 3).passed("2024-07-04T06:04:59");

        assertThat(stream.compactor().run())
                .isEqualTo(new CompactionSummary(0, 0, 0, 0, Duration.ZERO, 0, 0, Optional.empty()));
        assertThat(stream.visibleFiles()).isEmpty();
    }

    @Test
    void showsAnHourOnlyWhenAllThatWasCommittedOfItIsPublished() throws IOException {
        TestStream stream = onClose()
                .epoch("e1", HOUR, 3)
                .pendingEpoch("e2", HOUR, 2, false)
                .passed("2024-07-04T06:05:00", "e2");

        assertThat(stream.compactor().run().closings()).isZero();
        stream.publish("e2", HOUR);

        assertThat(stream.compactor().run().rows()).isEqualTo(5);
    }

    @Test
    void takesNoFileOfAnEpochThatIsNotWhollyPublished() throws IOException {
        TestStream stream =
                onClose().epoch("e1", HOUR, 3).pendingEpoch("e2", HOUR, 2, true).passed("2024-07-04T06:05:00", "e1");

        assertThat(stream.compactor().run().rows()).isEqualTo(3);
        assertThat(names(stream.files("stream/open"))).containsExactly("e2.0.parquet");
        stream.publish("e2", HOUR);

        assertThat(stream.wait(LATE_INTERVAL).compactor().run().rows()).isEqualTo(2);
        assertThat(stream.visibleOffsets()).containsExactlyElementsOf(offsets(5));
    }

    @Test
    void publishesLateEventsAsOneMoreFileNowAndThen() throws IOException {
        TestStream stream = onClose().epoch("e1", HOUR, 3).passed("2024-07-04T09:00:00");
        stream.compactor().run();

        assertThat(stream.epoch("e2", HOUR, 1).compactor().run().closings()).isZero();
        assertThat(stream.epoch("e3", HOUR, 1)
                        .wait(LATE_INTERVAL)
                        .compactor()
                        .run()
                        .files())
                .isEqualTo(2);

        assertThat(names(stream.visibleFiles())).containsExactly(HOUR + ".1.parquet", HOUR + ".2.parquet");
        assertThat(stream.visibleOffsets()).containsExactlyElementsOf(offsets(5));
    }

    @Test
    void waitsTwiceAsLongWithEachFileOfLateEvents() throws IOException {
        TestStream stream = onClose().epoch("e1", HOUR, 1).passed("2024-07-04T09:00:00");
        HourCompactor compactor = stream.compactor();
        int files = 0;

        for (int minute = 0; minute < 24 * 60; minute += 30) {
            files += compactor.run().closings();
            stream.epoch("late" + minute, HOUR, 1).wait(Duration.ofMinutes(30));
        }

        assertThat(files).isEqualTo(stream.visibleFiles().size()).isEqualTo(8);
        assertThat(stream.compactor().run(EventHour.parse(HOUR)).closings()).isOne();
        assertThat(stream.visibleOffsets()).containsExactlyElementsOf(offsets(49));
    }

    @Test
    void closesTheNewestOfManyOldHoursFirstAndSoManyARound() throws IOException {
        TestStream stream = onClose().passed("2024-07-04T23:00:00");
        EventHour newest = EventHour.parse("2024-07-04-10");
        for (int i = 0; i < 23; i++) {
            stream.epoch("e" + i, new EventHour(newest.number() - i).toString(), 1);
        }
        HourCompactor compactor = stream.compactor();

        assertThat(compactor.run(10).closings()).isEqualTo(10);
        assertThat(stream.visible().keySet())
                .contains("event_date=2024-07-04/event_hour=10")
                .hasSize(10);
        stream.epoch("new", "2024-07-04-11", 1);
        assertThat(compactor.run(10).closings()).isEqualTo(10);
        assertThat(stream.visible()).containsKey("event_date=2024-07-04/event_hour=11");

        assertThat(compactor.run(10).closings()).isEqualTo(4);
        assertThat(stream.visibleOffsets()).containsExactlyElementsOf(offsets(24));
    }

    @Test
    void hoursThatFailKeepNoOlderOneWaiting() throws IOException {
        TestStream stream =
                onClose().epoch("e1", HOUR, 3).epoch("e2", "2024-07-04-06", 3).passed("2024-07-04T09:00:00");
        stream.breakFile("2024-07-04-06");
        HourCompactor compactor = stream.compactor();

        CompactionSummary first = compactor.run(1);
        assertThat(first.failure().orElseThrow()).hasMessageContaining("2024-07-04-06");
        assertThat(first.left()).as("the round that follows closes it").isOne();
        assertThat(compactor.run(1).rows()).isEqualTo(3);

        assertThat(names(stream.visibleFiles())).containsExactly(HOUR + ".1.parquet");
        assertThat(compactor.run(1).failure().orElseThrow()).hasMessageContaining("2024-07-04-06");
    }

    @Test
    void hoursThatFailTakeTurnsWithOlderOnes() throws IOException {
        TestStream stream = onClose()
                .epoch("e1", HOUR, 3)
                .epoch("e2", "2024-07-04-06", 3)
                .epoch("e3", "2024-07-04-07", 3)
                .passed("2024-07-04T09:00:00");
        stream.breakFile("2024-07-04-06");
        stream.breakFile("2024-07-04-07");
        HourCompactor compactor = stream.compactor();

        for (String tried : List.of("07", "06", HOUR, "07", "06", "07")) {
            CompactionSummary round = compactor.run(1);
            stream.wait(Duration.ofMinutes(1));
            assertThat(round.closings()).isEqualTo(tried.equals(HOUR) ? 1 : 0);
            round.failure().ifPresent(failure -> assertThat(failure).hasMessageContaining("2024-07-04-" + tried));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"event_date=2024-07-04/event_hour=25", "event_date=2024-02-31/event_hour=3"})
    void closesHoursBesideADirectoryOfNoHour(String foreign) throws IOException {
        TestStream stream = onClose().epoch("e1", HOUR, 3).passed("2024-07-04T09:00:00");
        stream.fs.mkdirs(stream.layout.resolve("stream/open/" + foreign));

        assertThat(stream.compactor().run().rows()).isEqualTo(3);
        assertThat(new HourAudit(stream.on(stream.fs), stream.clock().instant())
                        .find()
                        .faults())
                .isEmpty();
    }

    @Test
    void keepsASummaryOfEveryFileThatItPublished() throws IOException {
        TestStream stream = onClose().epoch("e1", HOUR, 3).epoch("e2", HOUR, 4).passed("2024-07-04T06:05:00");
        stream.compactor().run();
        stream.epoch("e3", HOUR, 2).wait(LATE_INTERVAL).compactor().run();

        StreamFiles files = stream.on(stream.fs);
        List<Closing> summaries =
                new ClosingJournal(files).ended(files.warehouse().closedHours().suffix("/2024-07-04"));

        assertThat(summaries).extracting(Closing::number).containsExactly(1, 2);
        assertThat(summaries).extracting(Closing::rows).containsExactly(7L, 2L);
        assertThat(summaries)
                .flatExtracting(Closing::partitions)
                .extracting(PartitionRows::topic, PartitionRows::firstOffset, PartitionRows::lastOffset)
                .containsExactly(tuple("app-logs", 0L, 6L), tuple("app-logs", 7L, 8L));
        assertThat(summaries)
                .extracting(Closing::bytes)
                .containsExactlyElementsOf(
                        stream.visibleFiles().stream().map(FileStatus::getLen).toList());
    }

    @Test
    void closesAnHourByHandWhateverTheWatermark() throws IOException {
        TestStream stream = onClose().epoch("e1", HOUR, 3);

        assertThat(stream.compactor().run(EventHour.parse(HOUR)).rows()).isEqualTo(3);
        stream.epoch("e2", HOUR, 1).compactor().run(EventHour.parse(HOUR));

        assertThat(stream.visibleFiles()).hasSize(2);
        assertThat(stream.visibleOffsets()).containsExactlyElementsOf(offsets(4));
        assertThat(stream.compactor().run(EventHour.parse(HOUR)).closings()).isZero();
    }

    @Test
    void registersAPartitionWhenTheMetastoreIsBack() throws IOException {
        TestStream stream = onClose().epoch("e1", HOUR, 3).passed("2024-07-04T06:05:00");
        stream.isMetastoreDown = true;

        assertThat(stream.compactor().run().unregistered()).isOne();
        assertThat(stream.visibleFiles()).hasSize(1);
        stream.isMetastoreDown = false;

        assertThat(stream.compactor().run().unregistered()).isZero();
        assertThat(stream.registered).hasSize(1);
        assertThat(stream.files("stream/unregistered")).isEmpty();
    }

    @Test
    void anHourThatFailsKeepsNoOtherOpen() throws IOException {
        TestStream stream =
                onClose().epoch("e1", HOUR, 3).epoch("e2", "2024-07-04-06", 3).passed("2024-07-04T09:00:00");
        stream.breakFile(HOUR);

        assertThat(stream.compactor().run().failure().orElseThrow())
                .hasMessageStartingWith("Cannot close hour " + HOUR)
                .hasMessageContaining("broken.0.parquet");

        assertThat(names(stream.visibleFiles())).containsExactly("2024-07-04-06.1.parquet");
        assertThat(names(stream.files("stream/open"))).contains("e1.0.parquet");
    }

    @Test
    void runsNotWhileAnotherProcessDoes() throws IOException {
        TestStream stream = onClose();
        try (Lease lease = Lease.acquire(
                stream.fs, stream.layout.warehouse().compactionLease(), "another", Duration.ofSeconds(1))) {
            lease.verify();
            assertThatThrownBy(() -> stream.compactor().run())
                    .isInstanceOf(LeaseHeldException.class)
                    .hasMessageContaining("another");
        }
    }

    private TestStream onClose() throws IOException {
        return new TestStream(temp);
    }

    private static List<String> names(List<FileStatus> files) {
        return files.stream().map(file -> file.getPath().getName()).toList();
    }

    private static List<Long> offsets(int count) {
        return LongStream.range(0, count).boxed().toList();
    }
}
