package com.qcompany.ops.daemons;

import com.qcompany.ops.Ports;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.apache.commons.lang3.function.FailableConsumer;
import org.apache.commons.lang3.function.FailableRunnable;

/**
 * How one service is run.
 *
 * @param preparation makes what the process needs and does not make itself; idempotent, run when what it needs is up
 * @param command its program and arguments
 * @param stop asks its process to end, which is killed when it does not
 * @param health whether it can be used
 */
record Daemon(
        Service service,
        FailableRunnable<Exception> preparation,
        List<String> command,
        FailableConsumer<ProcessHandle, Exception> stop,
        HealthCheck health) {

    private static final int PATIENCE_MS = 2_000;

    Daemon {
        command = List.copyOf(command);
    }

    /** One that ends by SIGTERM. */
    static Daemon of(
            Service service, FailableRunnable<Exception> preparation, List<String> command, HealthCheck health) {
        return new Daemon(service, preparation, command, ProcessHandle::destroy, health);
    }

    /** {@link HealthCheck#UP}, {@code no answer}, or what it waits for: whether it listens, then its own check. */
    String state(Ports ports) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", ports.of(service.endpoint())), PATIENCE_MS);
            return health.state();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "no answer";
        } catch (Exception e) { // every client has its own, and each means the same
            return "no answer";
        }
    }
}
