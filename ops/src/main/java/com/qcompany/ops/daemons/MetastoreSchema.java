package com.qcompany.ops.daemons;

import com.qcompany.ops.SiteFiles;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of a Hive metastore in PostgreSQL, made by Hive's own script. */
final class MetastoreSchema {

    private static final String SCRIPT = "hive-schema-4.0.0.postgres.sql";

    private MetastoreSchema() {}

    /** Makes the tables, all or none, unless they are there. */
    static void createIfAbsent(Connection connection) throws IOException, SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            if (isAbsent(statement)) {
                statement.execute(SiteFiles.template(SCRIPT));
            }
            connection.commit();
        }
    }

    private static boolean isAbsent(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT to_regclass('public.\"VERSION\"') IS NULL")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
