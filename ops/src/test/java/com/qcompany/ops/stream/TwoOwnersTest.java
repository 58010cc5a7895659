package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.ops.EmbeddedKafka;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.OwnKafka;
import com.qcompany.ops.WithStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two that both believe a partition is theirs: one of them is fenced, and nothing is lost or doubled by it. */
@WithStack
class TwoOwnersTest {

    private final EmbeddedStack stack;

    @TempDir
    private Path directory;

    TwoOwnersTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void refusesTheCommitOfAMemberWhosePartitionsAnotherHasTakenOver() throws Exception {
        Path impatient = Files.writeString(
                directory.resolve("kafka.properties"),
                """
                max.poll.interval.ms=2000
                session.timeout.ms=2000
                heartbeat.interval.ms=300
                """);
        try (EmbeddedKafka kafka =
                        OwnKafka.start(directory.resolve("kafka"), Map.of("group.min.session.timeout.ms", "1000"));
                AppLog log = new AppLog(stack, kafka.bootstrap(), 2);
                ConsumerProcesses processes = new ConsumerProcesses(directory)) {
            Configuration conf = log.with(
                    "q.stream.kafka-properties",
                    impatient.toString(),
                    "q.stream.threads",
                    "1",
                    "q.stream.flush-seconds",
                    "0");
            log.send(1_000);
            Process paused = processes.start(conf, "paused", ProtocolStep.MANIFEST_WRITTEN, 1, Signals.STOP);
            Await.until("it has written a manifest and stops", () -> Signals.isStopped(paused));
            assertThat(log.positions().values()).containsOnly(0L);
            try (RunningConsumer successor = RunningConsumer.start(conf, "successor")) {
                log.awaitAllCommitted();
                Signals.send(Signals.CONTINUE, paused.toHandle());
                log.send(1_000);
                log.awaitAllCommitted();
            }
            log.send(1_000);
            log.awaitAllCommitted();
            paused.destroy();
            assertThat(paused.waitFor(1, TimeUnit.MINUTES)).isTrue();

            log.requireWhole();
        }
    }

    @Test
    void endsTheOlderOfTwoProcessesOfTheSameName() throws Exception {
        try (AppLog log = new AppLog(stack, 2)) {
            log.send(1_000);
            RunningConsumer older = RunningConsumer.start(log.conf(), "same");
            log.awaitAllCommitted();
            try (RunningConsumer newer = RunningConsumer.start(log.conf(), "same")) {
                assertThatThrownBy(older::awaitEnd)
                        .hasMessageContaining("another process has taken that name")
                        .hasMessageContaining("q.stream.instance");
                log.send(1_000);
                log.awaitAllCommitted();
            }

            log.requireWhole();
        }
    }
}
