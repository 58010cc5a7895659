package com.qcompany.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.OozieClientException;

/**
 * A real Oozie server as a child process: it needs older libraries than Hive and the jobs, so it cannot share their
 * class path.
 */
public final class OozieServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);
    private static final long STOP_SECONDS = 20;

    private final OozieHome home;
    private final Process process;

    private OozieServer(OozieHome home, Process process) {
        this.home = home;
        this.process = process;
    }

    /**
     * Starts a server and waits until it takes jobs.
     *
     * @throws IOException when it ends or does not answer within two minutes, naming its log
     */
    public static OozieServer start(OozieHome home) throws IOException, InterruptedException {
        stopOrphan(home);
        home.prepare();
        Process process = home.start(home.serverCommand(), home.log("server.out"));
        Files.writeString(home.pid(), Long.toString(process.pid()));
        // A process that is told to end by a signal does not come to close its stack.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop Oozie"));
        OozieServer server = new OozieServer(home, process);
        try {
            server.awaitNormal();
            return server;
        } catch (IOException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    /** A stack that was killed could not stop its server, which still has the database. */
    private static void stopOrphan(OozieHome home) throws IOException {
        if (Files.exists(home.pid())) {
            ProcessHandle.of(Long.parseLong(Files.readString(home.pid())))
                    .filter(home::isServer)
                    .ifPresent(orphan -> {
                        orphan.destroyForcibly();
                        orphan.onExit().join();
                    });
        }
    }

    private void awaitNormal() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        OozieClient client = new OozieClient(home.url());
        while (!isNormal(client)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("Cannot start Oozie at %s (see %s and %s)"
                        .formatted(home.url(), home.log("server.out"), home.log("oozie.log")));
            }
            Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
        }
    }

    private static boolean isNormal(OozieClient client) {
        try {
            return client.getSystemMode() == OozieClient.SYSTEM_MODE.NORMAL;
        } catch (OozieClientException e) {
            return false; // nobody listens yet, or not any more
        }
    }

    /** Address of its web services. */
    public String url() {
        return home.url();
    }

    /** The process, for tests of its death. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Stops the server; its jobs stay in its database. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
