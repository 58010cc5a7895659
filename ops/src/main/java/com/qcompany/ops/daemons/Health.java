package com.qcompany.ops.daemons;

import com.qcompany.ops.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * How a daemon is: whether it listens, then its own check.
 *
 * @param daemon whose
 * @param ports where it should listen
 */
record Health(Daemon daemon, Ports ports) {

    static final String NO_ANSWER = "no answer";

    private static final int PATIENCE_MS = 2_000;

    /** {@link HealthCheck#UP}, {@link #NO_ANSWER}, or what it waits for. */
    String state() throws InterruptedException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress("127.0.0.1", ports.of(daemon.service().endpoint())), PATIENCE_MS);
        } catch (IOException e) {
            return NO_ANSWER;
        }
        try {
            return daemon.health().state();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // every client has its own, and each means the same
            return NO_ANSWER;
        }
    }

    String address() {
        return ports.address(daemon.service().endpoint());
    }
}
