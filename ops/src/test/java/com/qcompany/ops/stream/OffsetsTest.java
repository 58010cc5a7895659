package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.StackExtension;
import com.qcompany.stream.consume.ConsumeTool;
import com.qcompany.warehouse.command.ExitCode;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ToolRunner;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Positions that the broker no longer has, or that an operator sets. */
@ExtendWith(StackExtension.class)
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
    void setsPositionsButDoublesAndLeavesOutOnlyWhenForced() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            log.send(100);
            assertThat(log.run(CATCH_UP)).isEqualTo(ExitCode.OK.code());
            log.send(50);

            assertThat(Console.of(() -> log.run("offsets")))
                    .containsPattern("0 +0 +100 +150 +50 +\\d{8}T\\d{9}-one-\\d-[0-9a-f]+");
            assertThat(log.run("offsets", "--set", "0:60")).isEqualTo(ExitCode.USAGE.code());
            assertThat(log.run("offsets", "--set", "latest")).isEqualTo(ExitCode.USAGE.code());
            assertThat(log.run("offsets", "--set", "0:100")).isEqualTo(ExitCode.OK.code());
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
    void takesWhatIsSentWhileAGroupThatBeganAtTheEndIsStopped() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            Configuration latest = log.with("q.stream.start", "latest");
            log.send(10);
            try (RunningConsumer consumer = RunningConsumer.start(latest, "one")) {
                Await.until(
                        "the first position is committed", () -> log.positions().containsValue(10L));
            }
            log.send(10);

            assertThat(com.qcompany.stream.Main.run(latest, CATCH_UP)).isEqualTo(ExitCode.OK.code());

            assertThat(log.published()).hasSize(10).doesNotContainKey("0:9").containsKey("0:10");
        }
    }
}
