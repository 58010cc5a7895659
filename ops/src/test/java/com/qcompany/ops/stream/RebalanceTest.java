package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.StackExtension;
import com.qcompany.stream.consume.ProtocolStep;
import com.qcompany.warehouse.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Members of a group that come and go while all of them flush. */
@ExtendWith(StackExtension.class)
class RebalanceTest {

    private static final int ROUNDS = 2;
    private static final int GUESTS = 3;

    private final EmbeddedStack stack;

    @TempDir
    private Path directory;

    RebalanceTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void landsEveryEventOnceWhileMembersComeAndGo() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        ProtocolStep.Listener counting = step -> {
            if (step == ProtocolStep.OFFSETS_COMMITTED) {
                commits.incrementAndGet();
            }
        };
        try (AppLog log = new AppLog(stack, 8)) {
            Path properties = Files.writeString(directory.resolve("kafka.properties"), "session.timeout.ms=6000");
            Configuration conf = log.with(
                    "q.stream.flush-seconds", "0",
                    "q.stream.threads", "1",
                    "q.stream.kafka-properties", properties.toString());
            try (RunningConsumer host = RunningConsumer.start(conf, "host")) {
                try (Load load = new Load(log, 1_000)) {
                    for (int round = 0; round < ROUNDS; round++) {
                        List<RunningConsumer> guests = new ArrayList<>();
                        for (int i = 0; i < GUESTS; i++) {
                            guests.add(RunningConsumer.start(
                                    conf, "guest%d-%d".formatted(round, i), counting, "--for", (3 + i) + "s"));
                        }
                        for (RunningConsumer guest : guests) {
                            assertThat(guest.awaitEnd()).isEqualTo(ExitCode.OK.code());
                        }
                    }
                }
                log.awaitAllCommitted();
            }

            log.requireWhole();
            assertThat(commits).as("the guests took part").hasPositiveValue();
        }
    }
}
