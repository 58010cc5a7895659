package com.qcompany.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionRegistrarTest {

    @TempDir
    Path temp;

    @Test
    void registersPartitionsOfAnyConventionalTableOnce() throws IOException {
        TestStream stream = new TestStream(temp);
        PartitionRegistrar registrar = stream.registrar(stream.fs);

        registrar.remember(StarSchema.KAFKA, List.of("2024-07-04", "5"));
        registrar.remember(StarSchema.REJECTED_EVENTS, List.of("2024-07-04-05"));
        registrar.register();
        registrar.remember(StarSchema.KAFKA, List.of("2024-07-04", "5"));

        assertThat(stream.registered)
                .containsExactly(
                        "kafka[2024-07-04, 5] at tables/kafka/event_date=2024-07-04/event_hour=5",
                        "rejected_events[2024-07-04-05] at tables/rejected_events/rejected_hour=2024-07-04-05");
        assertThat(stream.files("stream/unregistered")).isEmpty();
    }

    @Test
    void remembersThroughAnOutageAndARestart() throws IOException {
        TestStream stream = new TestStream(temp);
        stream.isMetastoreDown = true;
        PartitionRegistrar first = stream.registrar(stream.fs);
        first.remember(StarSchema.KAFKA, List.of("2024-07-04", "5"));
        assertThat(first.register()).isOne();
        stream.isMetastoreDown = false;

        assertThat(stream.registrar(stream.fs).register()).isZero();
        assertThat(stream.registered).hasSize(1);
    }

    @Test
    void refusesValuesThatNameNoPartition() throws IOException {
        TestStream stream = new TestStream(temp);

        assertThatThrownBy(() -> stream.registrar(stream.fs).remember(StarSchema.KAFKA, List.of("2024-07-04")))
                .hasMessageStartingWith("Cannot register partition [2024-07-04] of kafka");
    }
}
