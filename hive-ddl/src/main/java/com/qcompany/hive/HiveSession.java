package com.qcompany.hive;

import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * A session on the HiveServer2 that {@code q.hive.url} names. Statements name their database, so that the session needs
 * none. Not thread-safe.
 *
 * <p>Only connecting is tried again, a few times: a server may be starting. A statement is never repeated here, as only
 * its caller knows whether it may be.
 */
public final class HiveSession implements AutoCloseable {

    private static final String NOT_FOUND =
            "HiveServer2 does not know all of the warehouse: %s (q ddl makes it, q repair registers it again)";
    /** What an operator can mend, by Hive's error: no such table, column or database; a table in the place of a view. */
    private static final Map<Integer, String> KNOWN = Map.of(
            10004, NOT_FOUND,
            10072, NOT_FOUND,
            10218, "Cannot make a view: %s (rename that table, ALTER TABLE … RENAME TO …, then run this again)");
    /** What HDFS says, a line before the NameNode's stack. */
    private static final Pattern DENIED = Pattern.compile("Permission denied: user=.*");

    private final Connection connection;

    private HiveSession(Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @throws UsageException if {@code q.hive.url} is unset
     * @throws IOException if the server does not answer within a minute, or refuses the user
     */
    public static HiveSession open(Configuration conf) throws IOException {
        String url = Settings.HIVE_URL
                .find(conf)
                .orElseThrow(() -> new UsageException(
                        "Cannot connect to HiveServer2: %s is unset (expected jdbc:hive2://host:port)"
                                .formatted(Settings.HIVE_URL.key())));
        String user = Settings.HIVE_USER.get(conf);
        if (user.isEmpty()) {
            user = UserGroupInformation.getCurrentUser().getShortUserName();
        }
        return new HiveSession(
                HiveConnector.DEFAULT.connect(new HiveAddress(url), user, Settings.HIVE_PASSWORD.get(conf)));
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

    /**
     * What is {@link #KNOWN}, or a file that who asks may not read, is an operator's to mend; of anything else the
     * statement is part of what is wrong.
     */
    static IOException failure(String sql, SQLException cause) {
        String said = String.valueOf(cause.getMessage());
        Matcher denied = DENIED.matcher(said);
        if (denied.find()) {
            return (IOException) new AccessControlException(denied.group()).initCause(cause);
        }
        // A table that a view lacks has no code of its own.
        String known = said.contains("Table not found ") ? NOT_FOUND : KNOWN.get(cause.getErrorCode());
        if (known != null) {
            String message = said.replaceAll("(?s)^.*(SemanticException|\\[Error \\d+]:) | \\[\\s.*|\\s+", " ");
            return new OperatorException(known.formatted(message.strip()), cause);
        }
        String shown = sql.length() <= 200 ? sql : sql.substring(0, 200) + "…";
        return new IOException("Cannot run on HiveServer2: %s (%s)".formatted(shown, cause.getMessage()), cause);
    }
}
