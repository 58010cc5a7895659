package com.qcompany.ops.daemons;

import com.qcompany.ops.OozieHome;
import com.qcompany.ops.Ports;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.lang3.function.Failable;
import org.apache.hadoop.conf.Configuration;

/**
 * The Oozie server of an embedded stack, a process of its own that ends with the stack: it needs older libraries than
 * Hive and the jobs, so it cannot share their class path.
 */
public final class OozieServer implements AutoCloseable {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final DaemonProcess process;

    private OozieServer(DaemonProcess process) {
        this.process = process;
    }

    /**
     * Starts a server and waits until it takes jobs. One that a killed stack left, which still has the database, is ended.
     *
     * @param client configuration that names its address
     * @throws IOException when it ends or does not answer within two minutes, naming its logs
     */
    public static OozieServer start(OozieHome home, Configuration client, Ports ports) throws Exception {
        DaemonProcess process = new DaemonProcess(
                new PidFile(home.directory().resolve("oozie.pid")), home.log("server.out"), home.directory());
        process.stop(ProcessHandle::destroyForcibly, STOP_PATIENCE);
        // A process that is told to end by a signal does not come to close its stack.
        Runtime.getRuntime().addShutdownHook(new Thread(Failable.asRunnable(() -> process.running()
                .filter(server -> server.parent().equals(Optional.of(ProcessHandle.current())))
                .ifPresent(ProcessHandle::destroy))));
        OozieServer server = new OozieServer(process);
        try {
            process.startUnlessRunning(
                    Daemon.of(Service.OOZIE, home::prepare, home.serverCommand(), HealthCheck.oozie(client)), ports);
            return server;
        } catch (Exception e) {
            server.close();
            throw new IOException("%s; see also %s".formatted(e.getMessage(), home.log("oozie.log")), e);
        }
    }

    /** Stops the server; its jobs stay in its database. */
    @Override
    public void close() throws Exception {
        process.stop(ProcessHandle::destroy, STOP_PATIENCE);
    }
}
