package com.qcompany.ops.bench;

import com.qcompany.ops.daemons.ProcessStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What whole programs took, from their start to their end.
 *
 * @param wall elapsed time
 * @param cpu processor time of the processes; servers that they ask are not counted
 * @param peakBytes most memory that one of them had, heap and all
 */
record ProgramCost(Duration wall, Duration cpu, long peakBytes) {

    private static final ProgramCost NOTHING = new ProgramCost(Duration.ZERO, Duration.ZERO, 0);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    /** The shell waits for the program, and only who has waited for a process knows all of its processor time. */
    private static final String TIMED = "TIMEFORMAT='%3R %3U %3S'; { time \"$@\" >&3 2>&3; } 3>\"$PROGRAM_OUTPUT\"";

    /**
     * Runs a program that must succeed.
     *
     * @param command the program and its arguments
     * @param output file for what it says
     * @throws IOException if it fails, with what it said
     */
    static ProgramCost of(List<String> command, Path output) throws IOException, InterruptedException {
        ProcessBuilder shell =
                new ProcessBuilder(Stream.concat(Stream.of("bash", "-c", TIMED, "bash"), command.stream())
                        .toList());
        shell.environment().put("PROGRAM_OUTPUT", output.toString());
        Process process = shell.redirectErrorStream(true).start();
        long peak = 0;
        while (!process.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
            peak = Math.max(
                    peak,
                    process.descendants()
                            .mapToLong(child -> ProcessStatus.of(child.pid()).peakBytes())
                            .max()
                            .orElse(0));
        }
        if (process.exitValue() != 0) {
            throw new IOException("Cannot run %s: exit code %d%n%s"
                    .formatted(String.join(" ", command), process.exitValue(), Files.readString(output)));
        }
        String[] seconds = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .strip()
                .split(" ");
        return new ProgramCost(seconds(seconds[0]), seconds(seconds[1]).plus(seconds(seconds[2])), peak);
    }

    /** All of them after one another. */
    static ProgramCost sum(ProgramCost... costs) {
        return Stream.of(costs).reduce(NOTHING, ProgramCost::plus);
    }

    /** What one of them took on the average. */
    static ProgramCost mean(List<ProgramCost> costs) {
        ProgramCost sum = sum(costs.toArray(ProgramCost[]::new));
        return new ProgramCost(sum.wall.dividedBy(costs.size()), sum.cpu.dividedBy(costs.size()), sum.peakBytes);
    }

    private ProgramCost plus(ProgramCost other) {
        return new ProgramCost(wall.plus(other.wall), cpu.plus(other.cpu), Math.max(peakBytes, other.peakBytes));
    }

    static void printHeader() {
        System.out.printf("%-48s %10s %14s %9s%n", "", "ELAPSED", "CPU", "MEMORY");
    }

    void print(String what) {
        System.out.printf(
                Locale.ROOT,
                "%-48s %8.1f s %8.1f CPU s %6d MB%n",
                what,
                wall.toMillis() / 1e3,
                cpu.toMillis() / 1e3,
                peakBytes >> 20);
    }

    private static Duration seconds(String text) {
        return Duration.ofNanos(Math.round(Double.parseDouble(text) * 1e9));
    }
}
