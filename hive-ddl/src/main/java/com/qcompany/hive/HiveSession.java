package com.qcompany.hive;

import com.qcompany.warehouse.command.Settings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session on the HiveServer2 that {@code q.hive.url} names. Statements name their database, so that the session needs
 * none. Not thread-safe.
 *
 * <p>Only connecting is tried again, a few times: a server may be starting. A statement is never repeated here, as only
 * its caller knows whether it may be.
 */
public final class HiveSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HiveSession.class);
    private static final int CONNECT_ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    /** SQL states 08xxx: the connection, as against what was asked over it. */
    private static final String CONNECTION_STATE = "08";

    private final Connection connection;

    private HiveSession(Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @throws IllegalArgumentException if {@code q.hive.url} is unset
     * @throws IOException if the server does not answer within {@value #CONNECT_ATTEMPTS} attempts, or refuses the user
     */
    public static HiveSession open(Configuration conf) throws IOException {
        String url = Settings.HIVE_URL
                .find(conf)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot connect to HiveServer2: %s is unset (expected jdbc:hive2://host:port)"
                                .formatted(Settings.HIVE_URL.key())));
        String user = Settings.HIVE_USER.get(conf);
        if (user.isEmpty()) {
            user = UserGroupInformation.getCurrentUser().getShortUserName();
        }
        return new HiveSession(connect(url, user, Settings.HIVE_PASSWORD.get(conf)));
    }

    /** Runs a statement that returns no rows. */
    public void execute(String sql) throws IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /** Runs every statement of a script that returns no rows. */
    public void run(HqlScript script, HqlParameters parameters) throws IOException {
        for (String statement : script.statements(parameters)) {
            execute(statement);
        }
    }

    /** Runs a query and keeps its whole answer, so its caller bounds the rows. */
    public ResultTable query(String sql) throws IOException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return ResultTable.read(rows);
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException("Cannot close the connection to HiveServer2", e);
        }
    }

    private static Connection connect(String url, String user, String password) throws IOException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return DriverManager.getConnection(url, user, password);
            } catch (SQLException e) {
                String state = e.getSQLState() == null ? "" : e.getSQLState();
                if (attempt == CONNECT_ATTEMPTS || !state.startsWith(CONNECTION_STATE)) {
                    throw new IOException(
                            "Cannot connect to HiveServer2 as %s: %s (%s; is it running, is %s right?)"
                                    .formatted(user, address(url), e.getMessage(), Settings.HIVE_URL.key()),
                            e);
                }
                LOG.info(
                        "HiveServer2 at {} does not answer yet, attempt {} of {}",
                        address(url),
                        attempt,
                        CONNECT_ATTEMPTS);
                sleep(pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    /** The URL without its session parameters, which may hold a secret. */
    private static String address(String url) {
        int parameters = url.indexOf(';');
        return parameters < 0 ? url : url.substring(0, parameters);
    }

    private static void sleep(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for HiveServer2");
        }
    }

    private static IOException failure(String sql, SQLException cause) {
        String shown = sql.length() <= 200 ? sql : sql.substring(0, 200) + "…";
        return new IOException("Cannot run on HiveServer2: %s (%s)".formatted(shown, cause.getMessage()), cause);
    }
}
