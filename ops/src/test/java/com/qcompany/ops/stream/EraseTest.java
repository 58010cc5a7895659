package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.Main;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.ErasedCustomers;
import com.qcompany.warehouse.state.Layout;
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
                log.send(unfit("7", 1)).get();
                log.send(unfit("8", 2)).get();
                Await.until("both are refused", () -> consumer.get("/metrics")
                        .body()
                        .lines()
                        .anyMatch(line -> line.startsWith("q_stream_rejected_total{") && line.endsWith("} 2.0")));
                assertThat(ErasedCustomers.epochsWithRefused(fs, layout)).hasSize(1);

                assertThat(Main.run(conf, "erase", "--customer", "7")).isEqualTo(ExitCode.OK.code());

                assertThat(consumer.hasEnded()).isFalse();
                log.send(unfit("7", 3)).get();
                log.awaitAllCommitted();
            }
            assertThat(log.rejectedValues())
                    .containsExactlyInAnyOrder(ErasedCustomers.ERASED, unfit("8", 2), ErasedCustomers.ERASED);
        }
    }

    private static String unfit(String customer, int number) {
        return "{\"eventType\":\"addToCart\",\"customerId\":\"%s\",\"quantity\":\"many %d\"}"
                .formatted(customer, number);
    }
}
