package com.qcompany.ops.daemons;

import com.qcompany.ops.Ports;
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

    static ServiceStatus of(DaemonProcess running, Daemon daemon, Ports ports)
            throws IOException, InterruptedException {
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
}
