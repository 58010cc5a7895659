package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.stream.EventHour;
import com.qcompany.stream.Main;
import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.time.LocalDateTime;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** Hours close whatever one partition or one event does. */
@WithStack
class ClosingHoursTest {

    private static final EventHour HOUR = EventHour.parse("2024-07-04-05");

    private final EmbeddedStack stack;

    ClosingHoursTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void closeThoughAPartitionGetsOnlyRejectedRecordsAndTombstones() throws Exception {
        try (AppLog log = new AppLog(stack, 2)) {
            log.conf().set(StreamSettings.IDLE.key(), "3600");
            for (int minute = 0; minute < 4; minute++) {
                log.send(log.event(HOUR.start().plusMinutes(minute * 20))).get();
                log.send(minute == 2 ? null : "garbage " + minute).get();
            }

            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());

            assertThat(visibleFiles(log)).isOne();
        }
    }

    @Test
    void closeThoughSomeFilesHaveLongTexts() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            log.conf().set(StreamSettings.IDLE.key(), "3600");
            LocalDateTime start = HOUR.start();
            log.send(log.event(start)).get();
            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());
            log.send(log.event(start.plusMinutes(1)).replace("addToCart", "x".repeat(5000)))
                    .get();
            log.send(log.event(start.plusHours(2))).get();
            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());

            assertThat(visibleFiles(log)).isOne();
            assertThat(openFiles(log)).isZero();
            log.requireWhole();
        }
    }

    @Test
    void closeThoughThereIsNothingMoreToConsume() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            log.send(log.event(HOUR.start())).get();
            assertThat(Main.run(log.with(StreamSettings.IDLE.key(), "3600"), "consume", "--until-caught-up"))
                    .isEqualTo(ExitCode.OK.code());
            assertThat(visibleFiles(log)).isZero();

            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());

            assertThat(visibleFiles(log)).isOne();
            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        }
    }

    private static int visibleFiles(AppLog log) throws IOException {
        return files(log, layout(log).visible(HOUR));
    }

    private static int openFiles(AppLog log) throws IOException {
        return files(log, layout(log).open(HOUR));
    }

    private static StreamFiles layout(AppLog log) throws IOException {
        return StreamFiles.of(log.conf());
    }

    private static int files(AppLog log, Path directory) throws IOException {
        FileSystem fs = directory.getFileSystem(log.conf());
        return (int)
                Listing.of(fs, directory).stream().filter(FileStatus::isFile).count();
    }
}
