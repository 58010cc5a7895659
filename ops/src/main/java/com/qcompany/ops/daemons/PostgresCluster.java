package com.qcompany.ops.daemons;

import com.qcompany.hive.DurableFile;
import com.qcompany.ops.OozieHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.util.Shell;

/**
 * A PostgreSQL cluster of the stack's own: no other program's databases, on the loopback address, no socket file.
 *
 * @param directory everything it keeps
 * @param port where it listens
 * @param passwords of its users
 */
record PostgresCluster(Path directory, int port, Passwords passwords) {

    private static final String SUPERUSER = "q";

    /** Makes the cluster when it is absent, under another name first: one that exists is whole. */
    void createIfAbsent() throws IOException {
        PostgresInstallation installation = PostgresInstallation.forCluster(directory);
        installation.requireReachable(directory.resolveSibling(""));
        if (Files.exists(directory)) {
            return;
        }
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".new");
        Path password = directory.resolveSibling(directory.getFileName() + ".password");
        FileUtils.deleteDirectory(unfinished.toFile());
        Files.createDirectory(unfinished);
        installation.own(unfinished);
        DurableFile.write(password, passwords.superuser(), DurableFile.OWNER_ONLY);
        installation.own(password);
        run(installation.command(
                "initdb",
                "--pgdata=" + unfinished,
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C"));
        Files.delete(password);
        Files.move(unfinished, directory);
    }

    List<String> command() throws IOException {
        return PostgresInstallation.forCluster(directory)
                .command(
                        "postgres",
                        "-D",
                        directory.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "shared_buffers=32MB",
                        "-c",
                        "jit=off");
    }

    /** Has the server end at once and cleanly: by SIGTERM it would wait for its clients to leave. */
    void interrupt(ProcessHandle server) throws IOException {
        run(PostgresInstallation.forCluster(directory).command("pg_ctl", "kill", "INT", Long.toString(server.pid())));
    }

    private void run(List<String> command) throws IOException {
        File directoryAbove = directory.resolveSibling("").toFile();
        new Shell.ShellCommandExecutor(command.toArray(String[]::new), directoryAbove).execute();
    }

    /** Makes a user and a database of the same name that belongs to it, where they are absent. */
    void createDatabase(String name, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), superuser());
                Statement statement = connection.createStatement()) {
            if (isAbsent(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", name)) {
                statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, password));
            }
            if (isAbsent(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
                statement.execute("CREATE DATABASE %s OWNER %s".formatted(name, name));
            }
        }
    }

    private static boolean isAbsent(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return !rows.next();
            }
        }
    }

    /** Makes the tables of the metastore's database by Hive's own script, all or none, unless they are there. */
    void createMetastoreTables(String script) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("metastore"), "metastore", passwords.metastore());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (isAbsent(connection, "SELECT 1 FROM pg_tables WHERE tablename = ?", "VERSION")) {
                statement.execute(script);
            }
            connection.commit();
        }
    }

    OozieHome.Database oozie() {
        return new OozieHome.Database("org.postgresql.Driver", url("oozie"), "oozie", passwords.oozie());
    }

    HealthCheck health() {
        return HealthCheck.jdbc(url("postgres"), superuser());
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** Time limits are in seconds. */
    private Properties superuser() {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", passwords.superuser());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "5");
        return properties;
    }
}
