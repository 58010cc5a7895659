package com.qcompany.ops.daemons;

import com.qcompany.ops.Ports;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.input.ReversedLinesFileReader;
import org.apache.commons.lang3.function.FailableConsumer;

/**
 * The process of one daemon. It belongs to no session: it survives the shell and the program that started it.
 *
 * @param pidFile where it is noted
 * @param log file that its output is appended to
 * @param directory where it runs
 */
record DaemonProcess(PidFile pidFile, Path log, Path directory) {

    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(200);
    private static final Duration NUMBER_PATIENCE = Duration.ofSeconds(10);
    private static final int LAST_LINES = 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    Optional<ProcessHandle> running() throws IOException {
        return pidFile.running();
    }

    /**
     * Prepares and starts the daemon unless it runs, and waits until it can be used.
     *
     * @throws IOException when it ends, with the last lines of its log, or is not up within two minutes
     */
    void startUnlessRunning(Daemon daemon, Ports ports) throws Exception {
        if (running().isEmpty()) {
            awaitFreeNumber();
            daemon.preparation().run();
            start(daemon.command());
        }
        String title = daemon.service().title();
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        String state = daemon.state(ports);
        while (!state.equals(HealthCheck.UP)) {
            if (running().isEmpty()) {
                throw new IOException("Cannot start %s: it has ended (see %s): %s".formatted(title, log, lastWords()));
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("Cannot start %s within %d s: %s (see %s)"
                        .formatted(title, START_PATIENCE.toSeconds(), state, log));
            }
            Thread.sleep(BETWEEN_CHECKS.toMillis());
            state = daemon.state(ports);
        }
    }

    /** PostgreSQL takes the process that its lock file names for a running server as long as the number is taken. */
    void awaitFreeNumber() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + NUMBER_PATIENCE.toNanos();
        while (pidFile.present().isPresent() && System.nanoTime() < deadline) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    /** The last lines of its log, on one line. */
    String lastWords() throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        try (ReversedLinesFileReader lines = ReversedLinesFileReader.builder()
                .setPath(log)
                .setCharset(StandardCharsets.UTF_8)
                .get()) {
            List<String> last = new ArrayList<>(lines.readLines(LAST_LINES));
            Collections.reverse(last);
            return String.join(" | ", last);
        }
    }

    /** Starts a program; {@code setsid} becomes the program, so its process id is the program's. */
    void start(List<String> command) throws IOException {
        List<String> detached = new ArrayList<>(List.of("setsid"));
        detached.addAll(command);
        Process process = new ProcessBuilder(detached)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        pidFile.write(process.toHandle());
    }

    /**
     * Asks the process to end, and kills it when it does not within a time.
     *
     * @return how it ended; empty when it did not run
     */
    Optional<Ending> stop(FailableConsumer<ProcessHandle, Exception> signal, Duration patience) throws Exception {
        Optional<ProcessHandle> process = running();
        if (process.isEmpty()) {
            pidFile.delete();
            return Optional.empty();
        }
        signal.accept(process.get());
        Ending ending = Ending.STOPPED;
        long deadline = System.nanoTime() + patience.toNanos();
        while (running().isPresent()) {
            if (ending == Ending.STOPPED && System.nanoTime() > deadline) {
                ending = Ending.KILLED;
                process.get().destroyForcibly();
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
        pidFile.delete();
        return Optional.of(ending);
    }

    /** How a process that was stopped came to its end. */
    enum Ending {
        STOPPED,
        KILLED
    }
}
