package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.Main;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.ErasedCustomers;
import com.qcompany.warehouse.state.Layout;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;

/** Erases a customer while a consumer runs. */
@WithStack
class EraseTest {

    private final EmbeddedStack stack;

    EraseTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void erasesWhatTheConsumerHasRefusedAndWhatItWillRefuse() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            Configuration conf = log.with("q.stream.flush-seconds", "10");
            Layout layout = Layout.of(conf);
            FileSystem fs = layout.root().getFileSystem(conf);
            try (RunningConsumer consumer = RunningConsumer.start(conf, "one")) {
                send(log, unfit("7", 1));
                send(log, unfit("8", 2));
                Await.until("both are refused", () -> consumer.get("/metrics")
                        .body()
                        .lines()
                        .anyMatch(line -> line.startsWith("q_stream_rejected_total{") && line.endsWith("} 2.0")));
                assertThat(ErasedCustomers.epochsWithRefused(fs, layout)).hasSize(1);

                assertThat(Main.run(conf, "erase", "--customer", "7")).isEqualTo(ExitCode.OK.code());

                assertThat(consumer.hasEnded()).isFalse();
                send(log, unfit("7", 3));
                log.awaitAllCommitted();
            }
            assertThat(log.rejectedValues())
                    .containsExactlyInAnyOrder(ErasedCustomers.ERASED, unfit("8", 2), ErasedCustomers.ERASED);
            assertThat(Console.of(() -> log.run("replay", "--hour", "2024-07-04-18")))
                    .as("nothing is left to be sent of who is erased")
                    .contains("Sent 1 events");
        }
    }

    /** Sends an event at 2024-07-04T18:05:11Z. */
    private static void send(AppLog log, String event) throws Exception {
        log.sendRecord(1_720_116_311_000L, "k", event, Map.of()).get();
    }

    private static String unfit(String customer, int number) {
        return "{\"eventType\":\"addToCart\",\"customerId\":\"%s\",\"quantity\":\"many %d\"}"
                .formatted(customer, number);
    }
}
