package com.qcompany.ops.daemons;

import com.qcompany.ops.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A line of {@code q status}.
 *
 * @param process empty when none runs
 * @param state {@link HealthCheck#UP}, {@code down}, or what is amiss
 * @param uptime zero when none runs
 * @param residentMb memory in RAM, in MB; of PostgreSQL with its child processes
 */
record ServiceStatus(
        Service service,
        String address,
        Optional<ProcessHandle> process,
        String state,
        Duration uptime,
        long residentMb,
        Path log) {

    static final String DOWN = "down";

    private static final String LINE = "%-18s %-16s %8s  %-16s %9s %7s  %s%n";

    static ServiceStatus of(DaemonProcess running, Daemon daemon, Ports ports) throws IOException {
        Service service = daemon.service();
        Optional<ProcessHandle> process = running.running();
        return new ServiceStatus(
                service,
                ports.address(service.endpoint()),
                process,
                process.isPresent() ? daemon.state(ports) : DOWN,
                process.flatMap(handle -> handle.info().startInstant())
                        .map(start -> Duration.between(start, Instant.now()))
                        .orElse(Duration.ZERO),
                process.map(handle -> residentMb(service, handle)).orElse(0L),
                running.log());
    }

    /** The children of a NodeManager are containers, which are not its own. */
    private static long residentMb(Service service, ProcessHandle process) {
        long own = ProcessStatus.of(process.pid()).residentMb();
        return service == Service.POSTGRESQL
                ? own
                        + process.children()
                                .mapToLong(
                                        child -> ProcessStatus.of(child.pid()).privateMb())
                                .sum()
                : own;
    }

    boolean isUp() {
        return state.equals(HealthCheck.UP);
    }

    /** What {@code q status} shows: a line for every daemon, and the memory of all. */
    static String table(List<ServiceStatus> daemons) {
        String head = LINE.formatted("SERVICE", "ADDRESS", "PID", "STATE", "UPTIME", "RSS MB", "LOG");
        long total = daemons.stream().mapToLong(ServiceStatus::residentMb).sum();
        String foot = LINE.formatted("(all)", "", "", "", "", total, "").stripTrailing() + System.lineSeparator();
        return daemons.stream().map(ServiceStatus::line).collect(Collectors.joining("", head, foot));
    }

    private String line() {
        boolean runs = process.isPresent();
        return LINE.formatted(
                service.title(),
                address,
                process.map(running -> Long.toString(running.pid())).orElse("-"),
                state,
                runs ? hours(uptime) : "-",
                runs ? Long.toString(residentMb) : "-",
                log);
    }

    /** As in {@code 1:02:03}; days are hours. */
    static String hours(Duration uptime) {
        return String.format(
                Locale.ROOT, "%d:%02d:%02d", uptime.toHours(), uptime.toMinutesPart(), uptime.toSecondsPart());
    }
}
