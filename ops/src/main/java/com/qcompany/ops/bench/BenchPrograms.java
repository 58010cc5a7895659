package com.qcompany.ops.bench;

import com.qcompany.batch.Main;
import com.qcompany.hive.HiveSession;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;

/**
 * Commands of {@code q} as a scheduler starts them, each a process of its own, on the running stack, in warehouses with a
 * root directory and a database of one name, which a bench makes and removes.
 *
 * @param q the command to run, {@code bin/q}
 * @param scratch local directory for what the bench needs meanwhile
 */
record BenchPrograms(String q, Path scratch) {

    @FunctionalInterface
    interface Bench {
        void run(CommandLine options, BenchPrograms programs) throws Exception;
    }

    /** Runs a bench; its first argument is {@code bin/q}. */
    static void run(CommandLineSyntax syntax, String[] args, Bench bench) throws Exception {
        Path scratch = Files.createTempDirectory("q-bench");
        int code = ExitCode.OK.code();
        try {
            CommandLine options = syntax.parseOptions(Arrays.copyOfRange(args, 1, args.length));
            bench.run(options, new BenchPrograms(args[0], scratch));
        } catch (UsageException e) {
            code = syntax.refuse(e).code();
        } finally {
            FileUtils.deleteDirectory(scratch.toFile());
        }
        System.exit(code);
    }

    /** Runs a command that must succeed. */
    ProgramCost command(Stream<String> words) throws IOException, InterruptedException {
        return ProgramCost.of(Stream.concat(Stream.of(q), words).toList(), scratch.resolve("output"));
    }

    /** Runs a command on a warehouse, by its name; of {@code q events} where the command is one of two words. */
    ProgramCost command(String warehouse, String command, String... args) throws IOException, InterruptedException {
        return command(words(warehouse, command, args));
    }

    /** Runs a command of the batch on a warehouse in this process, without what it says; it must succeed. */
    void inProcess(String warehouse, String command, String... args) throws IOException {
        List<String> words = words(warehouse, command, args).toList();
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        int code;
        try {
            code = Main.run(Settings.configuration(), words.toArray(String[]::new));
        } finally {
            System.setOut(out);
        }
        if (code != ExitCode.OK.code()) {
            throw new IOException("Cannot run %s: exit code %d".formatted(String.join(" ", words), code));
        }
    }

    private static Stream<String> words(String warehouse, String command, String... args) {
        Stream<String> settings = Stream.of(
                "-D", Settings.ROOT.key() + "=/" + warehouse, "-D", Settings.DATABASE.key() + "=" + warehouse);
        return Stream.of(Arrays.stream(command.split(" ")), settings, Arrays.stream(args))
                .flatMap(words -> words);
    }

    /** Makes a warehouse with empty tables and returns its name. */
    String newWarehouse(String name) throws IOException, InterruptedException {
        String warehouse = "q_bench_%d_%s".formatted(ProcessHandle.current().pid(), name);
        command(warehouse, "ddl");
        return warehouse;
    }

    void drop(String warehouse) throws IOException {
        Configuration conf = Settings.configuration();
        try (HiveSession session = HiveSession.open(conf)) {
            session.execute("DROP DATABASE IF EXISTS %s CASCADE".formatted(warehouse));
        }
        org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path("/" + warehouse);
        root.getFileSystem(conf).delete(root, true);
    }
}
