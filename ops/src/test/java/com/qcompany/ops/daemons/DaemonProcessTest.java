package com.qcompany.ops.daemons;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DaemonProcessTest {

    private static final List<String> ENDLESS = List.of("sh", "-c", "echo ready; exec sleep 600");
    private static final List<String> STUBBORN = List.of("sh", "-c", "trap '' TERM; echo ready; exec sleep 600");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    Path directory;

    private DaemonProcess daemon;

    @BeforeEach
    void makeDaemon() {
        daemon = new DaemonProcess(
                new PidFile(directory.resolve("daemon.pid")), directory.resolve("daemon.log"), directory);
    }

    @AfterEach
    void endWhatStillRuns() throws IOException {
        daemon.running().ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void isFoundByItsPidFile() throws Exception {
        assertThat(daemon.running()).isEmpty();

        startAndAwait(ENDLESS);

        assertThat(daemon.running()).get().matches(ProcessHandle::isAlive);
        assertThat(Files.readString(daemon.log())).isEqualTo("ready\n");
    }

    @Test
    void hasEndedWhenItWasKilled() throws Exception {
        startAndAwait(ENDLESS);
        ProcessHandle process = daemon.running().orElseThrow();

        process.destroyForcibly();
        process.onExit().get(LONG.toSeconds(), TimeUnit.SECONDS);

        assertThat(daemon.running()).isEmpty();
    }

    @Test
    void endsByItsSignal() throws Exception {
        startAndAwait(ENDLESS);

        assertThat(daemon.stop(ProcessHandle::destroy, LONG)).contains(DaemonProcess.Ending.STOPPED);

        assertThat(daemon.running()).isEmpty();
        assertThat(directory.resolve("daemon.pid")).doesNotExist();
    }

    @Test
    void isKilledWhenItDoesNotEndInTime() throws Exception {
        startAndAwait(STUBBORN);

        assertThat(daemon.stop(ProcessHandle::destroy, SHORT)).contains(DaemonProcess.Ending.KILLED);

        assertThat(daemon.running()).isEmpty();
    }

    @Test
    void isNotAProcessThatWasGivenItsNumberLater() throws Exception {
        long own = ProcessHandle.current().pid();
        Files.writeString(directory.resolve("daemon.pid"), own + " 1000\n");

        assertThat(daemon.running()).isEmpty();
        assertThat(daemon.stop(ProcessHandle::destroyForcibly, SHORT)).isEmpty();
    }

    @Test
    void waitsUntilTheParentOfAnEndedProcessHasTakenNote() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 2").start();
        ProcessHandle child = ProcessHandle.of(
                        Long.parseLong(parent.inputReader().readLine()))
                .orElseThrow();
        daemon.pidFile().write(child);
        while (parent.info().command().orElse("").endsWith("sh")) { // it would take note, sleep does not
            Thread.onSpinWait();
        }
        child.destroyForcibly();
        while (daemon.running().isPresent()) {
            Thread.onSpinWait();
        }
        assertThat(daemon.pidFile().present()).isPresent();

        daemon.awaitFreeNumber();

        assertThat(daemon.pidFile().present()).isEmpty();
        assertThat(parent.waitFor()).isZero();
    }

    @Test
    void tellsTheLastLinesOfItsLogInTheirOrder() throws Exception {
        assertThat(daemon.lastWords()).isEmpty();

        Files.writeString(
                daemon.log(),
                IntStream.rangeClosed(1, 100).mapToObj("line %d\n"::formatted).collect(joining()));

        assertThat(daemon.lastWords()).startsWith("line 81 | line 82 | ").endsWith(" | line 99 | line 100");
    }

    @Test
    void isStoppedOnce() throws Exception {
        startAndAwait(ENDLESS);
        daemon.stop(ProcessHandle::destroy, LONG);

        assertThat(daemon.stop(ProcessHandle::destroy, LONG)).isEmpty();
    }

    /** A signal before the shell has said this could end it too early. */
    private void startAndAwait(List<String> command) throws IOException {
        daemon.start(command);
        while (!Files.readString(daemon.log()).contains("ready")) {
            Thread.onSpinWait();
        }
    }
}
