package com.qcompany.ops.bench;

import com.qcompany.batch.Main;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * {@code q bench batch [--rows N] [--hours N]}: the load against the single-thread limit, and one more hour on a full
 * warehouse against one on an empty warehouse. Runs on the running stack in a warehouse and database of its own, which
 * it removes. Figures are of this process; the servers run in another.
 */
public final class BatchBench {

    private static final int HOUR_ROWS = 1500;

    /** Rounds after which little is left to compile, and rounds whose median counts. */
    private static final int WARM_UP_ROUNDS = 16;

    private static final int ROUNDS = 5;

    /** Loads in which each partition is compacted once, and how many such cycles come before the one that counts. */
    private static final int CYCLE_LOADS = 16;

    private static final int WARM_UP_CYCLES = 3;

    private static final Commands BATCH = Main::run;

    private final Configuration conf;
    private final Path scratch;
    private int warehouses;

    private BatchBench(Configuration conf, Path scratch) {
        this.conf = conf;
        this.scratch = scratch;
    }

    /** Runs the benchmark. */
    public static void main(String[] args) throws Exception {
        int rows = 600_000;
        int hours = 1000;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--rows" -> rows = Integer.parseInt(args[i + 1]);
                case "--hours" -> hours = Integer.parseInt(args[i + 1]);
                default -> {
                    System.err.println("Usage: q bench batch [--rows N] [--hours N]");
                    System.exit(ExitCode.USAGE.code());
                }
            }
        }
        Path scratch = Files.createTempDirectory("q-bench");
        try {
            BatchBench bench = new BatchBench(Settings.configuration(), scratch);
            bench.throughput(rows);
            bench.oneMoreHour(hours);
        } finally {
            delete(scratch);
        }
    }

    private void throughput(int rows) throws Exception {
        Path landing = generate("large", 1, rows, 1);
        Path csv;
        try (Stream<Path> files = Files.list(landing.resolve("group1"))) {
            csv = files.filter(file -> file.getFileName().toString().contains("transactions"))
                    .findFirst()
                    .orElseThrow();
        }
        List<Measurement> limits = new ArrayList<>();
        List<Measurement> loads = new ArrayList<>();
        for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
            Configuration warehouse = newWarehouse();
            org.apache.hadoop.fs.Path file =
                    new org.apache.hadoop.fs.Path(Layout.of(warehouse).root(), "limit.parquet");
            limits.add(Measurement.of(() -> new SingleThreadLimit(warehouse).run(csv, file)));
            BATCH.require(warehouse, "ddl");
            BATCH.require(warehouse, "ingest", "--landing", landing.toString(), "--now");
            loads.add(Measurement.of(() -> BATCH.require(warehouse, "load")));
            drop(warehouse);
        }
        loads.get(0).print("load in a cold JVM", rows, "rows");
        Measurement limit = Measurement.median(limits.subList(WARM_UP_ROUNDS, limits.size()));
        Measurement load = Measurement.median(loads.subList(WARM_UP_ROUNDS, loads.size()));
        limit.print("limit, one thread", rows, "rows");
        load.print("load, audit, publish", rows, "rows");
        cheapest(limits).print("the cheapest limit", rows, "rows");
        cheapest(loads).print("the cheapest load", rows, "rows");
        System.out.printf(
                Locale.ROOT,
                "CPU of the load is %.2f times the limit's by medians, %.2f by the cheapest (%d rounds after %d to warm up)%n",
                load.cpuSeconds() / limit.cpuSeconds(),
                cheapest(loads).cpuSeconds() / cheapest(limits).cpuSeconds(),
                ROUNDS,
                WARM_UP_ROUNDS);
    }

    /** Loads on the full warehouse and on empty ones take turns, so that both meet the machine in the same state. */
    private void oneMoreHour(int hours) throws Exception {
        Configuration full = newWarehouse();
        BATCH.require(full, "ddl");
        Path history = generate("history", hours, HOUR_ROWS, 3);
        BATCH.require(full, "ingest", "--landing", history.toString(), "--now", "--all", "--hour", "2024-01-01-00");
        BATCH.require(full, "load");
        int warmUp = WARM_UP_CYCLES * CYCLE_LOADS;
        Path more = generate("more", warmUp + CYCLE_LOADS, HOUR_ROWS, 4);
        Path first = generate("first", CYCLE_LOADS, HOUR_ROWS, 2);
        List<Measurement> onFull = new ArrayList<>();
        List<Measurement> onEmpty = new ArrayList<>();
        for (int i = 0; i < warmUp; i++) {
            hour(full, more, i);
        }
        for (int i = 0; i < CYCLE_LOADS; i++) {
            onFull.add(hour(full, more, warmUp + i));
            Configuration empty = newWarehouse();
            BATCH.require(empty, "ddl");
            onEmpty.add(hour(empty, first, i));
            drop(empty);
        }
        drop(full);
        Measurement before = mean(onEmpty);
        Measurement after = mean(onFull);
        before.print("one hour into an empty warehouse", HOUR_ROWS, "rows");
        after.print("one hour into " + hours + " loaded hours", HOUR_ROWS, "rows");
        System.out.printf(
                Locale.ROOT,
                "One more hour, its share of compaction included, costs %.2f times the first in elapsed time, %.2f times in CPU%n",
                after.wallSeconds() / before.wallSeconds(),
                after.cpuSeconds() / before.cpuSeconds());
    }

    private Measurement hour(Configuration warehouse, Path landing, int index) throws Exception {
        BATCH.require(
                warehouse,
                "ingest",
                "--landing",
                landing.toString(),
                "--now",
                "--hour",
                "2024-02-%02d-%02d".formatted(1 + index / 24, index % 24));
        return Measurement.of(() -> BATCH.require(warehouse, "load"));
    }

    private Path generate(String name, int groups, int rows, int seed) throws IOException {
        Path landing = scratch.resolve(name);
        BATCH.require(
                conf,
                "generate",
                "--groups",
                Integer.toString(groups),
                "--rows",
                Integer.toString(rows),
                "--seed",
                Integer.toString(seed),
                "--resend",
                "0",
                "--out",
                landing.toString());
        return landing;
    }

    private Configuration newWarehouse() {
        Configuration warehouse = new Configuration(conf);
        String name = "q_bench_%d_%d".formatted(ProcessHandle.current().pid(), warehouses++);
        warehouse.set(Settings.ROOT.key(), "/" + name);
        warehouse.set(Settings.DATABASE.key(), name);
        return warehouse;
    }

    private static void drop(Configuration warehouse) throws IOException, SQLException {
        String url = Settings.HIVE_URL.get(warehouse);
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + Settings.DATABASE.get(warehouse) + " CASCADE");
        }
        org.apache.hadoop.fs.Path root = Layout.of(warehouse).root();
        FileSystem fs = root.getFileSystem(warehouse);
        fs.delete(root, true);
    }

    private static Measurement cheapest(List<Measurement> measurements) {
        return measurements.stream().min(Comparator.comparing(Measurement::cpu)).orElseThrow();
    }

    private static Measurement mean(List<Measurement> measurements) {
        return new Measurement(
                measurements.stream()
                        .map(Measurement::wall)
                        .reduce(Duration.ZERO, Duration::plus)
                        .dividedBy(measurements.size()),
                measurements.stream()
                        .map(Measurement::cpu)
                        .reduce(Duration.ZERO, Duration::plus)
                        .dividedBy(measurements.size()),
                measurements.stream()
                        .mapToLong(Measurement::peakHeapBytes)
                        .max()
                        .orElseThrow());
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
