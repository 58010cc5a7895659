package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.command.OperatorException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What connecting makes of servers that are none. */
class HiveConnectorTest {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final HiveConnector impatient = new HiveConnector(Duration.ofMillis(100), PAUSE);
    private final HiveConnector patient = new HiveConnector(Duration.ofSeconds(20), PAUSE);

    @Test
    @Timeout(60)
    void aServerThatAcceptsAndNeverAnswersEndsWithAMessage() throws IOException {
        try (ServerSocket silent = server()) {
            assertThatThrownBy(() -> impatient.connect(address(silent.getLocalPort()), "ann", ""))
                    .isInstanceOf(OperatorException.class)
                    .hasMessage("Cannot connect to HiveServer2 as ann: jdbc:hive2://127.0.0.1:%d/default"
                                    .formatted(silent.getLocalPort())
                            + " (no session after 100 ms; is it running, is q.hive.url right?)")
                    .satisfies(HiveConnectorTest::hidesTheSecret);
        }
    }

    @Test
    void aServerThatIsAwayIsAskedAgain() throws IOException {
        int port;
        try (ServerSocket gone = server()) {
            port = gone.getLocalPort();
        }
        long start = System.nanoTime();

        assertThatThrownBy(() -> patient.connect(address(port), "ann", ""))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("Connection refused")
                .satisfies(HiveConnectorTest::hidesTheSecret);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(PAUSE.multipliedBy(1 + 2 + 4 + 8));
    }

    private static void hidesTheSecret(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).contains("jdbc:hive2://127.0.0.1:").doesNotContain("sesame");
    }

    private static HiveAddress address(int port) {
        return new HiveAddress("jdbc:hive2://127.0.0.1:%d/default;trustStorePassword=sesame".formatted(port));
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }
}
