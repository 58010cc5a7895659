package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two consumer processes under load, killed again and again: at every step of taking events and of closing hours, and at
 * any moment. {@code -Dq.chaos.kills=200} says how often; docs/stream.md has the command.
 */
@WithStack
class ConsumerChaosTest {

    private static final int KILLS = Integer.getInteger("q.chaos.kills", 21);
    private static final ProtocolStep[] STEPS = ProtocolStep.values();
    private static final int PARTITIONS = 4;
    private static final int EVENTS_PER_SECOND = 1_000;

    private final EmbeddedStack stack;
    private final Random random = new Random(11);

    @TempDir
    private Path directory;

    ConsumerChaosTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void losesAndDoublesNothingWhateverIsKilled() throws Exception {
        Map<ProtocolStep, Integer> kills = new EnumMap<>(ProtocolStep.class);
        try (AppLog log = new AppLog(stack, PARTITIONS)) {
            Configuration conf = log.with(
                    "q.stream.flush-seconds", "1",
                    "q.stream.compact-seconds", "5",
                    "q.lease.timeout-seconds", "5");
            try (ConsumerProcesses processes = new ConsumerProcesses(directory);
                    Load load = new Load(log, EVENTS_PER_SECOND)) {
                Survivor survivor = new Survivor("left", processes.start(conf, "left"));
                for (int i = 0; i < KILLS; i++) {
                    if (i % 3 < 2) {
                        ProtocolStep step = STEPS[(i - i / 3) % STEPS.length];
                        killAt(step, survivor.otherName(), processes, conf);
                        kills.merge(step, 1, Integer::sum);
                    } else {
                        survivor = killAtAnyMoment(survivor, processes, conf);
                    }
                }
            }
            assertThat(log.run("consume", "--until-caught-up")).isIn(ExitCode.OK.code(), ExitCode.NOTHING_TO_DO.code());

            AppLog.Account account = log.account();
            System.out.printf(
                    "%d events, %d kills (%d of them at steps: %s), %d lost, %d doubled%n",
                    log.sent(),
                    KILLS,
                    kills.values().stream().mapToInt(Integer::intValue).sum(),
                    kills,
                    account.lost(),
                    account.doubled());
            log.requireWhole();
        }
        assertThat(kills).as("every step was reached").containsOnlyKeys(STEPS);
    }

    /** The consumer that is left, under one of two names: under the other one the next can take over at once. */
    private record Survivor(String name, Process process) {

        String otherName() {
            return name.equals("left") ? "right" : "left";
        }
    }

    private void killAt(ProtocolStep step, String name, ConsumerProcesses processes, Configuration conf)
            throws Exception {
        Configuration eager = new Configuration(conf);
        eager.set("q.stream.compact-seconds", "1"); // it closes most hours, so that it reaches the steps of closing
        Process dying = processes.start(eager, name, step, 1 + random.nextInt(2), Signals.KILL);
        assertThat(dying.waitFor(5, TimeUnit.MINUTES)).as("%s is reached", step).isTrue();
        assertThat(dying.exitValue()).as("it was killed at %s", step).isEqualTo(137);
    }

    /** Kills one of two consumers while both are at work. */
    private Survivor killAtAnyMoment(Survivor survivor, ConsumerProcesses processes, Configuration conf)
            throws Exception {
        Survivor second = new Survivor(survivor.otherName(), processes.start(conf, survivor.otherName()));
        assertThat(second.process().waitFor(2_500 + random.nextInt(1_500), TimeUnit.MILLISECONDS))
                .as("it lives until it is killed")
                .isFalse();
        boolean isFirst = random.nextBoolean();
        Process killed = isFirst ? survivor.process() : second.process();
        assertThat(killed.isAlive()).as("the first lives until it is killed").isTrue();
        ConsumerProcesses.kill(killed);
        return isFirst ? second : survivor;
    }
}
