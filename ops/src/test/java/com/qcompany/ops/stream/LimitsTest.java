package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.OpenFileEntry;
import org.apache.hadoop.hdfs.protocol.OpenFilesIterator.OpenFilesType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bounds a consumer keeps: files it writes at once, and the time a signal leaves it. */
@WithStack
class LimitsTest {

    private static final LocalDateTime FIRST = LocalDateTime.of(2024, 7, 4, 0, 0);
    private static final int HOURS = 100;
    private static final int TERMINATED = 143;

    private final EmbeddedStack stack;

    @TempDir
    private Path directory;

    LimitsTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void landsManyHoursAtOnceWithFewOpenFiles() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            Configuration conf = log.with(
                    "q.stream.threads", "1",
                    "q.stream.max-open-files", "8",
                    "q.stream.flush-seconds", "600",
                    "q.stream.grace-seconds", "1000000000");
            Future<?> last = null;
            for (int i = 0; i < HOURS + HOURS / 5; i++) {
                last = log.send(log.event(FIRST.plusHours(i % HOURS)));
            }
            last.get();
            int max = 0;
            try (RunningConsumer consumer = RunningConsumer.start(conf, "one", "--until-caught-up")) {
                while (!consumer.hasEnded()) {
                    max = Math.max(max, openFiles(conf));
                }
                assertThat(consumer.awaitEnd()).isEqualTo(ExitCode.OK.code());
            }

            assertThat(max).isEqualTo(8);
            log.requireWhole();
        }
    }

    @Test
    void commitsWhatItHasTakenWhenASignalEndsIt() throws Exception {
        try (AppLog log = new AppLog(stack, 1);
                ConsumerProcesses processes = new ConsumerProcesses(directory)) {
            Configuration conf = log.with("q.stream.flush-seconds", "600", "q.stream.shutdown-seconds", "30");
            log.send(500);
            Process consumer = processes.start(conf, "one");
            Await.until("something is taken", () -> openFiles(conf) > 0);

            consumer.destroy();

            assertThat(consumer.waitFor(25, TimeUnit.SECONDS))
                    .as("it does not wait for the end of its time")
                    .isTrue();
            assertThat(consumer.exitValue()).isEqualTo(TERMINATED);
            assertThat(log.positions().values()).containsExactly(500L);
            log.requireWhole();
        }
    }

    /** Files below the root that some client is writing. */
    private static int openFiles(Configuration conf) throws IOException {
        org.apache.hadoop.fs.Path root = Layout.of(conf).root();
        DistributedFileSystem fs = (DistributedFileSystem) root.getFileSystem(conf);
        RemoteIterator<OpenFileEntry> open = fs.listOpenFiles(
                EnumSet.of(OpenFilesType.ALL_OPEN_FILES), root.toUri().getPath());
        int count = 0;
        while (open.hasNext()) {
            if (open.next().getFilePath().contains("/staging/")) {
                count++;
            }
        }
        return count;
    }
}
