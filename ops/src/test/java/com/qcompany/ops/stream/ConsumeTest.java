package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consumer on a real broker and HDFS. */
@WithStack
class ConsumeTest {

    private final EmbeddedStack stack;

    ConsumeTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void landsEveryEventOnceAndGoesOnWhereItEnded(@TempDir Path dir) throws Exception {
        try (AppLog log = new AppLog(stack, 4)) {
            Path lineage = dir.resolve("lineage.jsonl");
            log.conf().set(Settings.LINEAGE_FILE.key(), lineage.toString());
            log.send(20_000);
            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());
            log.requireEveryEventOnce();
            List<String> told = Files.readAllLines(lineage);
            assertThat(told.get(0)).contains("\"START\"", "\"consume\"", log.topic());
            assertThat(told.subList(1, told.size() - 1)).isNotEmpty().allSatisfy(closing -> assertThat(closing)
                    .contains("\"COMPLETE\"", "\"close\""));
            assertThat(told.get(told.size() - 1)).contains("\"COMPLETE\"", "\"consume\"", "\"rowCount\":20000");

            log.send(5_000);
            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());
            log.requireEveryEventOnce();

            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
            assertThat(log.run("audit")).isEqualTo(ExitCode.OK.code());
        }
    }

    @Test
    void rejectsANumberWhoseExponentIsBeyondAllBoundsAndGoesOn() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            log.send("{\"eventType\":\"purchase\",\"quantity\":100E2147483647}").get();
            log.send(1);

            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());

            assertThat(log.published()).containsOnlyKeys("0:1");
            assertThat(log.rejected()).containsOnlyKeys("0:0");
        }
    }

    @Test
    void accountsForRejectedEventsAndTombstones() throws Exception {
        try (AppLog log = new AppLog(stack, 2)) {
            log.send(10);
            log.send("{\"eventType\":\"purchase\",").get();
            log.send((String) null).get();
            log.send("{\"eventType\":\"purchase\",\"quantity\":\"many\"}").get();

            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());

            assertThat(log.published()).hasSize(10);
            assertThat(log.rejected()).containsOnlyKeys("0:5", "0:6");
            assertThat(log.run("audit")).isEqualTo(ExitCode.OK.code());
        }
    }
}
