package com.qcompany.ops.daemons;

import java.util.List;

/**
 * How one service is run.
 *
 * @param service which
 * @param preparation makes what the process needs and does not make itself; idempotent, run when what it needs is up
 * @param command its program and arguments
 * @param stop asks it to end
 * @param health whether it can be used
 */
record Daemon(Service service, Preparation preparation, List<String> command, StopSignal stop, HealthCheck health) {

    /** What comes before a start. */
    @FunctionalInterface
    interface Preparation {
        void run() throws Exception;
    }

    /** How a process is asked to end; it is killed when it does not. */
    @FunctionalInterface
    interface StopSignal {
        void send(ProcessHandle process) throws Exception;
    }

    Daemon {
        command = List.copyOf(command);
    }

    /** One that ends by SIGTERM. */
    static Daemon of(Service service, Preparation preparation, List<String> command, HealthCheck health) {
        return new Daemon(service, preparation, command, ProcessHandle::destroy, health);
    }
}
