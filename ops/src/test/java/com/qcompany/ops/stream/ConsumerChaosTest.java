package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.StackExtension;
import com.qcompany.stream.consume.ProtocolStep;
import com.qcompany.warehouse.command.ExitCode;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two consumer processes under load, killed again and again: at every step of the protocol, and at any moment. */
@ExtendWith(StackExtension.class)
class ConsumerChaosTest {

    private static final int HALTS_PER_STEP = 3;
    private static final int KILLS = 10;
    private static final int PARTITIONS = 4;
    private static final int EVENTS_PER_SECOND = 2_000;

    private final EmbeddedStack stack;
    private final Random random = new Random(11);

    @TempDir
    private Path directory;

    ConsumerChaosTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void losesAndDoublesNothingWhateverIsKilled() throws Exception {
        int deaths = 0;
        ExecutorService load = Executors.newSingleThreadExecutor();
        try (AppLog log = new AppLog(stack, PARTITIONS);
                ConsumerProcesses processes = new ConsumerProcesses(directory)) {
            Configuration conf = log.with("q.stream.flush-seconds", "0", "q.stream.compact-seconds", "1");
            Future<?> sending = load.submit(() -> sendUntilInterrupted(log));
            Process other = processes.start(conf, "other", ProtocolStep.ROWS_TAKEN, 0);
            for (ProtocolStep step : ProtocolStep.values()) {
                for (int i = 0; i < HALTS_PER_STEP; i++) {
                    Process dying = processes.start(conf, "dying", step, 1 + random.nextInt(3));
                    assertThat(dying.waitFor(60, TimeUnit.SECONDS))
                            .as("%s is reached", step)
                            .isTrue();
                    assertThat(dying.exitValue()).isEqualTo(137);
                    deaths++;
                }
            }
            for (int i = 0; i < KILLS; i++) {
                Process killed = processes.start(conf, "dying", ProtocolStep.ROWS_TAKEN, 0);
                assertThat(killed.waitFor(2_500 + random.nextInt(1_500), TimeUnit.MILLISECONDS))
                        .as("it lives until it is killed")
                        .isFalse();
                ConsumerProcesses.kill(i % 3 == 2 ? other : killed);
                if (i % 3 == 2) {
                    other = killed;
                }
                deaths++;
            }
            sending.cancel(true);
            load.shutdown();
            assertThat(load.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            processes.close();

            assertThat(log.run("consume", "--until-caught-up")).isIn(ExitCode.OK.code(), ExitCode.NOTHING_TO_DO.code());

            log.requireEveryEventOnce();
            assertThat(log.run("audit")).isEqualTo(ExitCode.OK.code());
            System.out.printf("%d events survived %d deaths of their consumers%n", log.sent(), deaths);
        } finally {
            load.shutdownNow();
        }
        assertThat(deaths).isGreaterThanOrEqualTo(30);
    }

    private static Void sendUntilInterrupted(AppLog log) throws Exception {
        while (!Thread.currentThread().isInterrupted()) {
            log.sendPaced(EVENTS_PER_SECOND);
        }
        return null;
    }
}
