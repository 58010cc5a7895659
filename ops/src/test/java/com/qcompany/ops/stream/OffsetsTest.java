package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.consume.ConsumeTool;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.Listing;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ToolRunner;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Positions that the broker no longer has, or that an operator sets. */
@WithStack
class OffsetsTest {

    private static final String[] CATCH_UP = {"consume", "--until-caught-up"};

    private final EmbeddedStack stack;

    OffsetsTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void stopsWhereOffsetsWereDeletedUnreadUnlessToldToGoOn() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            log.send(100);
            assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.OK.code());
            log.send(100);
            log.admin()
                    .deleteRecords(Map.of(new TopicPartition(log.topic(), 0), RecordsToDelete.beforeOffset(150)))
                    .all()
                    .get();

            assertThatThrownBy(() -> ToolRunner.run(log.conf(), new ConsumeTool(), new String[] {"--until-caught-up"}))
                    .hasMessageContaining("%s-0 from offset 100: the broker has 150 to 200", log.topic())
                    .hasMessageContaining("offsets were deleted unread");
            assertThat(log.published()).hasSize(100);

            Configuration lenient = log.with("q.stream.lost-offsets", "earliest");
            assertThat(com.qcompany.stream.Main.run(lenient, CATCH_UP)).isEqualTo(ExitCode.OK.code());
            assertThat(log.published()).hasSize(150).doesNotContainKey("0:149").containsKey("0:150");
            assertThat(Console.of(() -> log.run("audit")))
                    .contains("offsets 0 to 200 = 150 published")
                    .contains("; 50 lost")
                    .doesNotContain("not taken");
            assertThat(log.run("audit")).isEqualTo(ExitCode.OK.code());
        }
    }

    @Test
    void isNotCaughtUpAtAPositionBeyondTheEnd() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            log.send(10);
            assertThat(log.run("offsets", "--set", "0:100", "--force")).isEqualTo(ExitCode.OK.code());

            assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.FAILED.code());
        }
    }

    @Test
    void setsPositionsButDoublesAndLeavesOutOnlyWhenForced() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            log.send(100);
            assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.OK.code());
            log.send(50);

            assertThat(Console.of(() -> log.run("offsets")))
                    .containsPattern("0 +0 +100 +150 +50 +\\S+ +\\S+ +\\d{8}T\\d{9}-one-\\d-[0-9a-f]+");
            assertThat(log.run("offsets", "--set", "0:60")).isEqualTo(ExitCode.USAGE.code());
            assertThat(log.run("offsets", "--set", "latest")).isEqualTo(ExitCode.USAGE.code());
            assertThat(log.run("offsets", "--set", "0:100")).isEqualTo(ExitCode.OK.code());
            assertThat(log.run("offsets", "--set", "0:100,0:100")).isEqualTo(ExitCode.USAGE.code());
            assertThat(log.run("offsets", "--set", "0:100,0:-1", "--force")).isEqualTo(ExitCode.USAGE.code());
            assertThat(log.positions().values()).containsExactly(100L);

            assertThat(log.run("offsets", "--set", "0:120", "--force")).isEqualTo(ExitCode.OK.code());
            assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.OK.code());
            assertThat(log.published()).hasSize(130).doesNotContainKey("0:119").containsKey("0:120");
            assertThat(Console.of(() -> log.run("audit"))).contains("; 20 lost");
            assertThat(log.run("audit")).isEqualTo(ExitCode.OK.code());

            assertThat(log.run("offsets", "--set", "0:140", "--force")).isEqualTo(ExitCode.OK.code());
            assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.OK.code());
            assertThat(log.published()).containsEntry("0:139", 1).containsEntry("0:140", 2);
            assertThat(log.run("audit")).isEqualTo(ExitCode.CHECKS_FAILED.code());
        }
    }

    @Test
    void findsTheFirstRecordByATimeBeforeTheClockOfKafkaBegins() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            log.send(10);

            assertThat(log.run("offsets", "--set", "1969-12-31T23:59:59.999Z")).isEqualTo(ExitCode.OK.code());

            assertThat(log.positions().values()).containsExactly(0L);
        }
    }

    @Test
    void recordsNothingAsLostThatARunningConsumerTakes() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            Configuration eager = log.with("q.stream.flush-seconds", "0");
            try (RunningConsumer consumer = RunningConsumer.start(eager, "one");
                    Load load = new Load(log, 1_000)) {
                Await.until("it consumes", () -> log.positions().size() == 1);
                for (int i = 0; i < 5; i++) {
                    assertThat(log.run("offsets", "--set", "latest", "--force")).isEqualTo(ExitCode.FAILED.code());
                }
            }

            Path lost = StreamFiles.of(log.conf()).path("lost");
            assertThat(Listing.of(FileSystem.get(log.conf()), lost)).isEmpty();
        }
    }

    @Test
    void showsWatermarksAndWhatAnHourWaitsForAndSetsThem() throws Exception {
        try (AppLog log = new AppLog(stack, 2)) {
            Configuration hourly = log.with("q.stream.idle-seconds", "86400");
            log.send(log.event(LocalDateTime.of(2024, 7, 4, 5, 5))).get();
            log.send(log.event(LocalDateTime.of(2024, 7, 4, 7, 5))).get();
            assertThat(com.qcompany.stream.Main.run(hourly, CATCH_UP)).isEqualTo(ExitCode.OK.code());

            assertThat(Console.of(() -> com.qcompany.stream.Main.run(hourly, "offsets")))
                    .contains("2024-07-04T05:05", "2024-07-04T07:05")
                    .contains("2 hours are open, the oldest is 2024-07-04-05.")
                    .contains("It waits until partition 0 passes 2024-07-04T06:00: its last record is younger than")
                    .doesNotContain("until partition 1");
            assertThat(com.qcompany.stream.Main.run(hourly, "offsets", "--watermark", "0:2024-07-04T06:30"))
                    .isEqualTo(ExitCode.OK.code());
            assertThat(Console.of(() -> com.qcompany.stream.Main.run(hourly, "offsets")))
                    .contains("2024-07-04T06:30", "Every partition has passed it");
            for (String unusable : List.of("0:soon", "2:2024-07-04T06:30")) {
                assertThat(com.qcompany.stream.Main.run(
                                hourly, "offsets", "--set", "0:0", "--force", "--watermark", unusable))
                        .isEqualTo(ExitCode.USAGE.code());
            }
            assertThat(log.positions().values()).containsOnly(1L);
        }
    }

    @Test
    void saysWhyAnHourStaysOpenThatAllHavePassedOrThatIsAhead() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            Configuration conf = log.with("q.stream.late-seconds", "600");
            for (int i = 0; i < 2; i++) {
                log.send(1);
                assertThat(com.qcompany.stream.Main.run(conf, CATCH_UP)).isEqualTo(ExitCode.OK.code());
            }
            assertThat(Console.of(() -> com.qcompany.stream.Main.run(conf, "offsets")))
                    .contains("Every partition has passed it. Its events are late");
            assertThat(com.qcompany.stream.Main.run(conf, "compact", "--hour", "2024-07-04-00"))
                    .isEqualTo(ExitCode.OK.code());

            log.send(log.event(LocalDateTime.now(ZoneOffset.UTC).plusHours(2))).get();
            assertThat(com.qcompany.stream.Main.run(conf, CATCH_UP)).isEqualTo(ExitCode.OK.code());
            assertThat(Console.of(() -> com.qcompany.stream.Main.run(conf, "offsets")))
                    .contains("1 hours are open")
                    .contains("which is ahead of the clock.")
                    .doesNotContain("its last record");
        }
    }

    @Test
    void saysThatATopicWasMadeAnewAndAccountsForEachLifeApart() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            log.send(100);
            assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.OK.code());
            log.makeTopicAnew();
            log.sendAgain(150);

            assertThatThrownBy(() -> ToolRunner.run(log.conf(), new ConsumeTool(), new String[] {"--until-caught-up"}))
                    .hasMessageContaining("it is another topic")
                    .hasMessageContaining("offsets --set earliest");
            assertThat(log.run("offsets", "--set", "0:100"))
                    .as("it would leave out a hundred")
                    .isEqualTo(ExitCode.USAGE.code());
            assertThat(log.run("offsets", "--set", "earliest")).isEqualTo(ExitCode.OK.code());
            assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.OK.code());

            assertThat(log.published()).hasSize(150).containsEntry("0:99", 2).containsEntry("0:100", 1);
            assertThat(log.run("audit")).isEqualTo(ExitCode.OK.code());
        }
    }

    @Test
    void goesOnWhereItWasAfterKafkaHasForgottenThePositions() throws Exception {
        try (AppLog log = new AppLog(stack, 2)) {
            log.send(100);
            assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.OK.code());
            log.send(50);
            log.admin()
                    .deleteConsumerGroups(List.of(log.topic())) // as Kafka does after a week
                    .all()
                    .get();

            Configuration latest = log.with("q.stream.start", "latest");
            assertThatThrownBy(() -> ToolRunner.run(latest, new ConsumeTool(), new String[] {"--until-caught-up"}))
                    .hasMessageContaining("offsets --set 0:50,1:50 goes on where it was");
            assertThat(log.run("offsets", "--set", "earliest")).isEqualTo(ExitCode.USAGE.code());
            assertThat(log.run("offsets", "--set", "latest")).isEqualTo(ExitCode.USAGE.code());
            assertThat(log.run("offsets", "--set", "0:50,9:5", "--force")).isEqualTo(ExitCode.USAGE.code());
            assertThat(log.positions()).isEmpty();
            assertThat(log.run("offsets", "--set", "0:50")).isEqualTo(ExitCode.USAGE.code());
            assertThat(log.run("offsets", "--set", "0:50,1:60", "--force")).isEqualTo(ExitCode.OK.code());
            assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.OK.code());

            assertThat(log.published()).hasSize(140).doesNotContainKey("1:59").containsKeys("0:50", "1:60");
            assertThat(log.published().values()).containsOnly(1);
            assertThat(Console.of(() -> log.run("audit"))).contains("; 10 lost");
            assertThat(log.run("audit")).isEqualTo(ExitCode.OK.code());
        }
    }

    @Test
    void goesOnWithoutAnEpochWhoseManifestIsGoneOnceForced() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            FileSystem fs = FileSystem.get(log.conf());
            log.send(10);
            assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.OK.code());
            fs.delete(StreamFiles.of(log.conf()).path("done"), true);
            log.send(10);
            assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.FAILED.code());
            assertThat(log.run("offsets", "--set", "0:10")).isEqualTo(ExitCode.FAILED.code());

            assertThat(log.run("offsets", "--set", "0:10", "--force")).isEqualTo(ExitCode.OK.code());
            assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.OK.code());

            log.requireWhole();
        }
    }

    @Test
    void refusesAGroupOfAnotherRootAndARootOfAnotherGroup() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            log.send(10);
            assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.OK.code());
            log.send(10);

            Configuration otherRoot = log.with("q.root", "/other-" + log.topic());
            assertThatThrownBy(() -> ToolRunner.run(otherRoot, new ConsumeTool(), new String[] {"--until-caught-up"}))
                    .hasMessageContaining("its positions belong to another root than");
            Configuration otherGroup = log.with("q.stream.group", "other-" + log.topic());
            assertThatThrownBy(() -> ToolRunner.run(otherGroup, new ConsumeTool(), new String[] {"--until-caught-up"}))
                    .hasMessageContaining("it holds the stream of group " + log.topic());

            assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.OK.code());
            log.requireWhole();
        }
    }

    @Test
    void seesAPartitionThatIsAddedFromItsBegin() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            Configuration latest = log.with("q.stream.start", "latest");
            try (RunningConsumer consumer = beginAtTheEndOfTen(log, latest)) {
                log.addPartition();
                log.send(10);
                Await.until(
                        "both partitions are committed",
                        () -> log.positions().size() == 2
                                && log.positions().get(new TopicPartition(log.topic(), 1)) == 5L);
            }

            assertThat(log.published()).containsKeys("1:0", "1:4").hasSize(10);
        }
    }

    @Test
    void isCaughtUpBelowATransactionThatIsLeftOpen() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            log.send(10);
            try (KafkaProducer<byte[], byte[]> open = new KafkaProducer<>(
                    Map.of("bootstrap.servers", stack.kafka().bootstrap(), "transactional.id", log.topic()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                open.initTransactions();
                open.beginTransaction();
                open.send(new ProducerRecord<>(log.topic(), new byte[] {'x'})).get();
                log.send(10);

                assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.OK.code());
                assertThat(log.published()).hasSize(10);
                assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.NOTHING_TO_DO.code());
                open.abortTransaction();
            }
        }
    }

    @Test
    void takesWhatIsSentWhileAGroupThatBeganAtTheEndIsStopped() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            Configuration latest = log.with("q.stream.start", "latest");
            beginAtTheEndOfTen(log, latest).close();
            log.send(10);

            assertThat(com.qcompany.stream.Main.run(latest, CATCH_UP)).isEqualTo(ExitCode.OK.code());

            assertThat(log.published()).hasSize(10).doesNotContainKey("0:9").containsKey("0:10");
        }
    }

    /** A consumer of a group that begins after ten events. */
    private static RunningConsumer beginAtTheEndOfTen(AppLog log, Configuration latest) throws Exception {
        log.send(10);
        RunningConsumer consumer = RunningConsumer.start(latest, "one");
        Await.until("the first position is committed", () -> log.positions().containsValue(10L));
        return consumer;
    }
}
