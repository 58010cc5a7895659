package com.qcompany.batch.publish;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.ingest.Ledger;
import com.qcompany.batch.merge.SalesRemoval;
import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.fake.CrashingFileSystem;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;

/** A warehouse of a few sales on the local file system, its catalog in memory. */
public final class TestWarehouse {

    private static final Table BASE = StarSchema.SALES_BASE;
    private static final Table DELTA = StarSchema.SALES_DELTA;

    public final java.nio.file.Path directory;
    public final Layout layout;
    public final Configuration conf = new Configuration();
    public final MemoryCatalog catalog = new MemoryCatalog();
    private final PlainLocalFileSystem local = new PlainLocalFileSystem();

    public TestWarehouse(java.nio.file.Path directory) throws IOException {
        this.directory = directory;
        this.layout = new Layout(new Path(directory.toUri()));
        conf.set("fs.file.impl", PlainLocalFileSystem.class.getName());
        conf.setBoolean("fs.file.impl.disable.cache", true);
        conf.set(
                "hadoop.tmp.dir",
                directory.resolveSibling(directory.getFileName() + "-tmp").toString());
        conf.set(Settings.ROOT.key(), layout.root().toString());
        conf.setInt(Settings.PUBLISH_THREADS.key(), 1);
        conf.setInt("mapreduce.task.io.sort.mb", 16);
        conf.setInt("mapreduce.client.completion.pollinterval", 20);
        local.initialize(URI.create("file:///"), conf);
    }

    public FileSystem fs() {
        return local;
    }

    public Publisher publisher() {
        return publisher(CrashPoint.never());
    }

    public Publisher publisher(CrashPoint crash) {
        return new Publisher(new CrashingFileSystem(local, crash), layout, catalog.connect(crash), () -> {}, conf);
    }

    /** What a run by the built-in contracts works with. */
    public WarehouseRun run(Publisher publisher, Clock clock) {
        return new WarehouseRun(
                conf, local, layout, clock, publisher, Ledger.open(local, layout), FeedCatalog.bundled());
    }

    /** The current state. */
    public Snapshot latest() throws IOException {
        return Snapshots.latest(local, layout);
    }

    /** What one run publishes on the current state. */
    public final class Run {

        private final String id;
        private final Snapshot before;
        private final List<Row> added = new ArrayList<>();
        private final List<DataFile> appends = new ArrayList<>();
        private final List<DataFile> replacements = new ArrayList<>();
        private final List<Partition> dropped = new ArrayList<>();
        private long mergedUpTo;

        Run(String id) throws IOException {
            this.id = id;
            this.before = latest();
            this.mergedUpTo = before.mergedUpTo();
        }

        /** New sales of a date, in the delta of this publish. */
        public Run sales(String date, String... ids) {
            for (String sale : ids) {
                added.add(TestWarehouse.sale(DELTA, sale).set("transaction_date", date));
            }
            return this;
        }

        /** A new sale in the delta of this publish, with its own units. */
        public Run sale(String date, String saleId, int units) {
            added.add(TestWarehouse.sale(DELTA, saleId)
                    .set("transaction_date", date)
                    .set("units", units));
            return this;
        }

        /** All sales of a date in the base, as {@code id@publish} that added it; by id. */
        public Run base(String date, String... sales) throws IOException {
            return base(
                    date,
                    Stream.of(sales)
                            .map(sale -> sale.split("@"))
                            .map(sale -> TestWarehouse.sale(BASE, sale[0]).set("added_in", Long.valueOf(sale[1])))
                            .toList());
        }

        /** All rows of a date in the base. */
        public Run base(String date, List<Row> rows) throws IOException {
            replacements.add(stage(BASE, List.of(date), rows));
            return this;
        }

        /** All sales so far are in the base from now on. */
        public Run merged() {
            mergedUpTo = before.sequence();
            return this;
        }

        /** Forgets a partition. */
        public Run drop(Partition partition) {
            dropped.add(partition);
            return this;
        }

        /** Takes sales back. */
        public Run remove(SalesRemoval.Sale... sales) throws IOException {
            replacements.addAll(new SalesRemoval(conf, local, layout)
                    .stage(before, Arrays.asList(sales), new Path(layout.staging(id), "removed")));
            return this;
        }

        /** All rows of a dimension: one, of which only its name is written. */
        public Run dimension(Table table, String name) throws IOException {
            Table named = table.project(List.of(table.columns().get(1).name()));
            Path file = next();
            write(named, file, List.of(new Row(named).set(0, name)));
            replacements.add(new DataFile(table, List.of(), file, 1));
            return this;
        }

        /** Rows that are appended to a partition of any other table. */
        public Run append(Table table, List<String> partition, List<Row> rows) throws IOException {
            appends.add(stage(table, partition, rows));
            return this;
        }

        /** A file that is appended to a partition of any other table; publishing does not look into it. */
        public Run opaque(Table table, List<String> partition, String content) throws IOException {
            Path file = next();
            Files.createDirectories(java.nio.file.Path.of(layout.staging(id).toUri()));
            Files.writeString(java.nio.file.Path.of(file.toUri()), content);
            appends.add(new DataFile(table, partition, file, 1));
            return this;
        }

        public PublishRequest loading(Long... ledger) throws IOException {
            if (!added.isEmpty()) {
                added.sort(Comparator.comparing(row -> row.text("transaction_id")));
                appends.add(0, stage(DELTA, List.of(Long.toString(before.sequence() + 1)), added));
            }
            return new PublishRequest(id, "load")
                    .append(appends)
                    .replace(replacements)
                    .drop(dropped)
                    .mergedUpTo(mergedUpTo)
                    .decide(Set.of(ledger), Set.of(), Set.of());
        }

        private DataFile stage(Table table, List<String> partition, List<Row> rows) throws IOException {
            Path file = next();
            write(table, file, rows);
            return new DataFile(table, partition, file, rows.size());
        }

        private Path next() {
            return new Path(layout.staging(id), "part-" + (appends.size() + replacements.size()));
        }
    }

    public Run run(String id) throws IOException {
        return new Run(id);
    }

    /** Writes rows to a new file. */
    public void write(Table table, Path file, List<Row> rows) throws IOException {
        try (ParquetWriter<Row> writer = ParquetRows.writer(table, file, conf)) {
            for (Row row : rows) {
                writer.write(row);
            }
        }
    }

    /** A sale of an id, alike but for this, of {@code sales_base} or {@code sales_delta}. */
    public static Row sale(Table table, String id) {
        return new Row(table)
                .set("transaction_id", id)
                .set("customer_id", 1)
                .set("product_id", 2)
                .set("units", 3)
                .set("unit_price", new BigDecimal("2.5000"))
                .set("discount_percentage", 0)
                .set("total_paid_price", new BigDecimal("7.500000"))
                .set("is_online", false)
                .set("payment_method", "cash")
                .set("source_group", "group1")
                .set("source_hour", LocalDateTime.of(2024, 1, 1, 0, 0))
                .set("run_id", "run");
    }

    /** What readers of each table and partition find: the files of its location, by catalog key. */
    public SortedMap<String, List<String>> visible() throws IOException {
        SortedMap<String, List<String>> visible = new TreeMap<>();
        for (Map.Entry<String, String> entry : catalog.locations().entrySet()) {
            visible.put(entry.getKey(), files(java.nio.file.Path.of(URI.create(entry.getValue()))));
        }
        return visible;
    }

    /** All sales that a query sees that starts now, as {@code id}; a sale that is seen twice is there twice. */
    public List<String> visibleSales() throws IOException {
        return new SalesReader(this)
                .findPartitions().list().open().stream()
                        .map(row -> row.text("transaction_id"))
                        .sorted()
                        .toList();
    }

    /** Every file below the root with its bytes, but for hidden ones, which nobody reads. */
    SortedMap<String, String> contents() throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        try (Stream<java.nio.file.Path> paths = Files.walk(directory)) {
            for (java.nio.file.Path path : paths.filter(Files::isRegularFile).toList()) {
                if (!path.getFileName().toString().startsWith(".")) {
                    byte[] bytes = Files.readAllBytes(path);
                    contents.put(directory.relativize(path).toString(), Arrays.hashCode(bytes) + ":" + bytes.length);
                }
            }
        }
        return contents;
    }

    /** Publishes as a run does that nothing disturbs. */
    public Snapshot publish(PublishRequest request) throws IOException {
        return publisher().publish(latest(), request);
    }

    private static List<String> files(java.nio.file.Path location) {
        if (!Files.isDirectory(location)) {
            return List.of();
        }
        try (Stream<java.nio.file.Path> paths = Files.list(location)) {
            return paths.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
