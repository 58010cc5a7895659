package com.qcompany.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCostTest {

    @TempDir
    Path directory;

    @Test
    void countsTheProcessorTimeAndMemoryOfAProgram() throws Exception {
        ProgramCost cost = of("for ((i = 0; i < 300000; i++)); do :; done; echo done");

        assertThat(directory.resolve("output")).hasContent("done");
        assertThat(cost.cpu()).isPositive().isLessThanOrEqualTo(cost.wall().multipliedBy(2));
        assertThat(cost.peakBytes()).isGreaterThan(1 << 20);
    }

    @Test
    void aProgramThatFailsEndsTheBenchmarkWithWhatItSaid() {
        assertThatThrownBy(() -> of("echo no such warehouse >&2; exit 4"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit code 4")
                .hasMessageContaining("no such warehouse");
    }

    @Test
    void sumsTimesAndKeepsTheLargestMemory() {
        ProgramCost sum = ProgramCost.sum(cost(4, 2, 300), cost(2, 2, 500));

        assertThat(sum).isEqualTo(cost(6, 4, 500));
        assertThat(ProgramCost.mean(List.of(cost(4, 2, 300), cost(2, 2, 500)))).isEqualTo(cost(3, 2, 500));
    }

    private ProgramCost of(String script) throws Exception {
        return ProgramCost.of(List.of("bash", "-c", script), directory.resolve("output"));
    }

    private static ProgramCost cost(long wall, long cpu, long bytes) {
        return new ProgramCost(Duration.ofSeconds(wall), Duration.ofSeconds(cpu), bytes);
    }
}
