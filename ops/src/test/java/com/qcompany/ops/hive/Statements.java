package com.qcompany.ops.hive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The statements of {@code statements.hql}, run in order in one session of a HiveServer2. */
public final class Statements {

    private static final String EXPECTED = "-- = ";

    private final Connection connection;
    private final List<String> faults = new ArrayList<>();

    private Statements(Connection connection) {
        this.connection = connection;
    }

    /** What failed, each with its statement: an error, or other rows than the file has. */
    public static List<String> faults(String url, String database) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(url, System.getProperty("user.name"), "")) {
            Statements statements = new Statements(connection);
            statements.runAll(text().replace("${db}", database).replace("${lab}", database + "_lab"));
            return statements.faults;
        }
    }

    private static String text() throws IOException {
        try (InputStream in = Objects.requireNonNull(Statements.class.getResourceAsStream("statements.hql"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void runAll(String script) {
        List<String> expected = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        for (String line : script.lines().toList()) {
            if (line.startsWith(EXPECTED)) {
                expected.add(line.substring(EXPECTED.length()));
            } else if (!line.startsWith("--") && !line.isBlank()) {
                sql.append(line).append('\n');
                if (line.endsWith(";")) {
                    run(sql.substring(0, sql.length() - 2), expected);
                    sql.setLength(0);
                    expected.clear();
                }
            }
        }
    }

    private void run(String sql, List<String> expected) {
        try (Statement statement = connection.createStatement()) {
            List<String> rows = statement.execute(sql) ? rows(statement.getResultSet()) : List.of();
            if (!expected.isEmpty() && !rows.equals(expected)) {
                faults.add("%s%n  gave %s (expected %s)".formatted(sql, rows, expected));
            }
        } catch (SQLException e) {
            faults.add("%s%n  failed: %s".formatted(sql, e.getMessage()));
        }
    }

    private static List<String> rows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                cells.add(String.valueOf(result.getString(i)));
            }
            rows.add(String.join("|", cells));
        }
        return rows;
    }
}
