package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker of its own, beside the stack's where another test of this JVM started one. */
@Servers
class EmbeddedKafkaTest {

    @TempDir
    Path directory;

    private EmbeddedKafka kafka;

    @BeforeEach
    void start() throws IOException {
        kafka = OwnKafka.start(directory.resolve("kafka"), Map.of());
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    @Test
    void givesWhatItWasGivenAfterARestart() throws Exception {
        Topics topics = new Topics(kafka.bootstrap());
        topics.create("kept", 2);
        topics.send("kept", List.of("one", "two"));
        assertThat(topics.read("kept", "first", 2)).containsExactlyInAnyOrder("one", "two");

        kafka.stop();
        kafka.start();
        topics.send("kept", List.of("three"));

        assertThat(topics.read("kept", "first", 1)).containsExactly("three");
        assertThat(topics.read("kept", "second", 3)).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void stopsCleanlyAndTwice() {
        kafka.stop();
        kafka.stop();

        assertThat(directory.resolve("kafka")).isDirectoryContaining("glob:**/.kafka_cleanshutdown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAINTEXT", "CONTROLLER"})
    void saysThatAPortIsTaken(String listener) throws Exception {
        kafka.stop();
        String port = kafka.listeners().replaceFirst(".*%s://127.0.0.1:(\\d+).*".formatted(listener), "$1");
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)));

            assertThatThrownBy(kafka::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Cannot start Kafka on")
                    .hasMessageContaining(listener + "://127.0.0.1:" + port);
        }
        kafka.start();
        assertThat(new Topics(kafka.bootstrap()).names()).isEmpty();
    }
}
