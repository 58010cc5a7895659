package com.qcompany.ops;

import com.qcompany.hive.HqlScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.commons.io.FileUtils;

/** The Derby database of a Hive metastore, with Hive's own schema script as its schema. */
record MetastoreDatabase(Path directory) {

    private static final String SCHEMA = "hive-schema-4.0.0.derby.sql";
    private static final String CONNECTION_CLOSED_BY_SHUTDOWN = "08006";

    /** Makes the database when it is absent, under another name first: one that exists is whole. */
    void createIfAbsent() throws IOException, SQLException {
        if (Files.exists(directory)) {
            return;
        }
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".new");
        FileUtils.deleteDirectory(unfinished.toFile());
        MetastoreDatabase database = new MetastoreDatabase(unfinished);
        database.create();
        database.shutDown();
        Files.move(unfinished, directory);
    }

    private void create() throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:derby:%s;create=true".formatted(directory));
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql :
                    HqlScript.parse(SCHEMA, SiteFiles.template(SCHEMA)).templates()) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    /** Closes the files of the database, if they are open. */
    void shutDown() throws SQLException {
        try {
            DriverManager.getConnection("jdbc:derby:%s;shutdown=true".formatted(directory))
                    .close();
        } catch (SQLException e) {
            if (!CONNECTION_CLOSED_BY_SHUTDOWN.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
