package com.qcompany.ops.daemons;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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

    static ServiceStatus of(DaemonProcess daemon, Health health) throws IOException, InterruptedException {
        Service service = health.daemon().service();
        Optional<ProcessHandle> process = daemon.running();
        return new ServiceStatus(
                service,
                health.address(),
                process,
                process.isPresent() ? health.state() : DOWN,
                process.flatMap(running -> running.info().startInstant())
                        .map(start -> Duration.between(start, Instant.now()))
                        .orElse(Duration.ZERO),
                process.map(running -> residentMb(service, running)).orElse(0L),
                daemon.log());
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
}
