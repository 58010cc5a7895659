package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stack as a process of its own, started and stopped as {@code q up} and {@code q down} do. */
@Servers
class StackRestartTest {

    @TempDir
    Path directory;

    private Path data;

    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void nameTheDataWithLettersBeyondAscii() throws IOException {
        boolean any = "UTF-8".equals(System.getProperty("sun.jnu.encoding"));
        data = Files.createDirectory(directory.resolve(any ? "Dät&ä" : "data"));
    }

    /** Not by force: a stack that is killed leaves its Oozie server, a process of its own. */
    @AfterEach
    void endWhatStillRuns() throws InterruptedException {
        List<ProcessHandle> servers =
                processes.stream().flatMap(Process::descendants).toList();
        for (Process process : processes) {
            process.destroy();
            process.waitFor();
        }
        assertThat(servers).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void filesTablesAndTopicsSurviveARestart() throws Exception {
        org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path("/kept/file");
        Process first = start();
        FileSystem fs = FileSystem.newInstance(clientConf());
        fs.create(file).close();
        fs.close();
        execute("CREATE EXTERNAL TABLE kept (id INT) STORED AS PARQUET LOCATION '/kept/table'");
        new Topics(kafkaBootstrap()).create("kept", 1);
        new Topics(kafkaBootstrap()).send("kept", List.of("hello"));
        assertThat(outputOfAnotherStart()).contains("another one runs there");
        stop(first);

        start();
        try (FileSystem again = FileSystem.newInstance(clientConf())) {
            assertThat(again.exists(file)).isTrue();
        }
        assertThat(tables()).containsExactly("kept");
        assertThat(new Topics(kafkaBootstrap()).read("kept", "group", 1)).containsExactly("hello");
    }

    private Process start() throws IOException {
        Process process = launch();
        BufferedReader output = process.inputReader();
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.equals(StackServer.READY)) {
                return process;
            }
        }
        throw new IllegalStateException("Cannot start the stack: it said %s".formatted(lines));
    }

    private String outputOfAnotherStart() throws IOException {
        return new String(launch().getInputStream().readAllBytes());
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        SiteFiles.template("jvm.options").lines().forEach(command::add);
        command.addAll(HostsFile.option());
        command.addAll(List.of("-Xmx700m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-Dq.test.log=" + data.resolve("servers.log")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), StackServer.class.getName()));
        command.add(data.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(data.resolve("errors.log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private void stop(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor();
        assertThat(data.resolve("services.tsv")).doesNotExist();
    }

    private Configuration clientConf() {
        Configuration conf = new Configuration();
        for (String name : SiteFiles.CLIENT) {
            conf.addResource(new org.apache.hadoop.fs.Path(
                    data.resolve("conf").resolve(name).toUri()));
        }
        return conf;
    }

    private String kafkaBootstrap() {
        return clientConf().get("q.stream.bootstrap-servers");
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(clientConf().get("q.hive.url"));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> tables() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW TABLES")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }
}
