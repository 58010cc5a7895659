package com.qcompany.hive;

import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.Settings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to a HiveServer2 that may be starting, or may never answer.
 *
 * @param firstPause pause after the first attempt; each further one is twice as long
 */
record HiveConnector(Duration loginTimeout, Duration firstPause) {

    private static final Logger LOG = LoggerFactory.getLogger(HiveConnector.class);
    private static final int CONNECT_ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    /** Time for one attempt to connect, and time after which there is no further one: within a minute together. */
    private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(25);

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(30);
    /** Time for one answer of a connected server: it reports on a running query every few seconds, compiling is one. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(10);
    /** SQL states 08xxx: the connection, as against what was asked over it. */
    private static final String CONNECTION_STATE = "08";

    static final HiveConnector DEFAULT = new HiveConnector(LOGIN_TIMEOUT, FIRST_PAUSE);

    /**
     * Connects.
     *
     * @throws IOException if the server does not answer within a minute, or refuses the user
     */
    Connection connect(HiveAddress address, String user, String password) throws IOException {
        long start = System.nanoTime();
        Duration pause = firstPause;
        for (int attempt = 1; ; attempt++) {
            try {
                return answered(address.withAnswerTimeout(ANSWER_TIMEOUT), user, password);
            } catch (SQLException e) {
                boolean late = Duration.ofNanos(System.nanoTime() - start).compareTo(CONNECT_PATIENCE) > 0;
                if (attempt == CONNECT_ATTEMPTS || late || !isOfConnection(e)) {
                    throw new OperatorException(
                            "Cannot connect to HiveServer2 as %s: %s (%s; is it running, is %s right?)"
                                    .formatted(
                                            user,
                                            address,
                                            address.hideIn(String.valueOf(e.getMessage())),
                                            Settings.HIVE_URL.key()),
                            address.causeWithoutUrl(e));
                }
                LOG.info("HiveServer2 at {} does not answer yet, attempt {} of {}", address, attempt, CONNECT_ATTEMPTS);
                sleep(pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    /** Connects in a thread of its own, which a server that accepts and never answers cannot hold up for ever. */
    private Connection answered(String url, String user, String password) throws SQLException, IOException {
        FutureTask<Connection> connecting = new FutureTask<>(() -> DriverManager.getConnection(url, user, password));
        Thread thread = new Thread(connecting, "connect-to-hiveserver2");
        thread.setDaemon(true);
        thread.start();
        try {
            return connecting.get(loginTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException refusal) {
                throw refusal;
            }
            throw new IOException("Cannot connect to HiveServer2", e.getCause());
        } catch (TimeoutException e) {
            throw new SQLTimeoutException(
                    "no session after %d ms".formatted(loginTimeout.toMillis()), CONNECTION_STATE + "001", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for HiveServer2");
        }
    }

    /** Hive writes a blank before some of its states. */
    private static boolean isOfConnection(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.strip().startsWith(CONNECTION_STATE);
    }

    private static void sleep(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for HiveServer2");
        }
    }
}
