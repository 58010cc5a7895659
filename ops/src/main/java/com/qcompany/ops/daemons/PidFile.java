package com.qcompany.ops.daemons;

import com.qcompany.ops.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process a daemon is: a file with the process id and the time of its start in milliseconds since 1970.
 *
 * <p>The time tells the daemon from another process that was given its number later.
 */
record PidFile(Path file) {

    /** Linux counts a start from boot, and the clock may have been set since. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** Notes a process; it replaces an earlier one. */
    void write(ProcessHandle process) throws IOException {
        Instant start = process.info().startInstant().orElseGet(Instant::now);
        WholeFile.write(file, "%d %d%n".formatted(process.pid(), start.toEpochMilli()));
    }

    /** The noted process, if it still runs. */
    Optional<ProcessHandle> running() throws IOException {
        return present().filter(process -> !ProcessStatus.of(process.pid()).isZombie());
    }

    /** The noted process, if its number is not free yet: it may have ended, and its parent not have asked how. */
    Optional<ProcessHandle> present() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] noted = Files.readString(file).strip().split(" ", -1);
        Instant start = Instant.ofEpochMilli(Long.parseLong(noted[1]));
        return ProcessHandle.of(Long.parseLong(noted[0])).filter(process -> isSame(process, start));
    }

    private static boolean isSame(ProcessHandle process, Instant start) {
        return process.info()
                .startInstant()
                .map(actual -> Duration.between(start, actual).abs().compareTo(TOLERANCE) <= 0)
                .orElse(false);
    }

    /** Forgets the process. */
    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
