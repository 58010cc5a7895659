package com.qcompany.ops.stream;

import com.qcompany.ops.HostsFile;
import com.qcompany.stream.Main;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/** Consumer processes of a test; those that still run are killed at its end. */
final class ConsumerProcesses implements AutoCloseable {

    private final Path directory;
    private final List<Process> processes = new ArrayList<>();

    ConsumerProcesses(Path directory) {
        this.directory = directory;
    }

    /** Starts a daemon. */
    Process start(Configuration conf, String instance) throws IOException {
        Configuration own = new Configuration(conf);
        own.set(StreamSettings.INSTANCE.key(), instance);
        Path file = Files.createTempFile(directory, instance, ".xml");
        try (OutputStream out = Files.newOutputStream(file)) {
            own.writeXml(out);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(HostsFile.option());
        command.addAll(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.net.preferIPv4Stack=true",
                "-Dq.test.log=" + file + ".log",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "consume",
                "-conf",
                file.toString(),
                "--daemon"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file.resolveSibling(file.getFileName() + ".out").toFile())
                .start();
        processes.add(process);
        return process;
    }

    /** Starts a daemon that sends itself a signal when it reaches a step for the count-th time. */
    Process start(Configuration conf, String instance, ProtocolStep step, int count, String signal) throws IOException {
        Configuration stepped = new Configuration(conf);
        SteppedHdfs.use(step, count, signal, stepped);
        return start(stepped, instance);
    }

    /** Kills a process as {@code kill -9} does. */
    static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.destroyForcibly();
        }
        for (Process process : processes) {
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
