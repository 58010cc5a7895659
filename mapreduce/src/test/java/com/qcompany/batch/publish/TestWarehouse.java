package com.qcompany.batch.publish;

import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.fake.CrashingFileSystem;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;

/** A warehouse of a few sales on the local file system, its catalog in memory. */
public final class TestWarehouse {

    public static final Table FACT = StarSchema.SALES_TRANSACTIONS_FACT;
    private static final Table IDS = FACT.project(List.of("transaction_id"));

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
        conf.setInt("mapreduce.client.completion.pollinterval", 20);
        local.initialize(java.net.URI.create("file:///"), conf);
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

    /** What one run publishes, for {@link #stage}. */
    public final class Run {

        private final String id;
        private final List<StagedFile> appends = new ArrayList<>();
        private final List<StagedFile> rewrites = new ArrayList<>();

        Run(String id) {
            this.id = id;
        }

        /** Sales of a date, ids ascending. */
        public Run append(String date, String... ids) throws IOException {
            appends.add(stage(FACT, List.of(date), sales(ids)));
            return this;
        }

        public Run rewrite(String date, String... ids) throws IOException {
            rewrites.add(stage(FACT, List.of(date), sales(ids)));
            return this;
        }

        /** Keys of sales of a year, as {@code date id}, ascending. */
        public Run appendKeys(String year, String... keys) throws IOException {
            List<Row> rows = Stream.of(keys)
                    .map(key -> key.split(" "))
                    .map(key -> new Row(StarSchema.TRANSACTION_KEYS)
                            .set("transaction_date", key[0])
                            .set("transaction_id", key[1])
                            .set("content_digest", 7L))
                    .toList();
            appends.add(stage(StarSchema.TRANSACTION_KEYS, List.of(year), rows));
            return this;
        }

        /** A file of any other table; publishing does not look into it. */
        public Run opaque(Table table, List<String> partition, String content) throws IOException {
            Path file = next();
            Files.createDirectories(java.nio.file.Path.of(layout.staging(id).toUri()));
            Files.writeString(java.nio.file.Path.of(file.toUri()), content);
            appends.add(new StagedFile(table, partition, file, 1));
            return this;
        }

        public PublishRequest loading(Long... ledger) {
            return new PublishRequest(id, "load", layout.staging(id), appends, rewrites, Set.of(ledger));
        }

        private StagedFile stage(Table table, List<String> partition, List<Row> rows) throws IOException {
            Path file = next();
            write(table, file, rows);
            return new StagedFile(table, partition, file, rows.size());
        }

        private Path next() {
            return new Path(layout.staging(id), "part-" + (appends.size() + rewrites.size()));
        }
    }

    public Run run(String id) {
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

    /** Sales of some ids, alike but for these. */
    public static List<Row> sales(String... ids) {
        return Stream.of(ids).map(TestWarehouse::sale).toList();
    }

    public static Row sale(String id) {
        return new Row(FACT)
                .set("transaction_id", id)
                .set("customer_id", 1)
                .set("product_id", 2)
                .set("units", 3)
                .set("unit_price", new BigDecimal("2.5000"))
                .set("discount_percentage", 0)
                .set("total_paid_price", new BigDecimal("7.5000"))
                .set("is_online", false)
                .set("payment_method", "cash")
                .set("source_group", "group1")
                .set("source_hour", LocalDateTime.of(2024, 1, 1, 0, 0))
                .set("run_id", "run");
    }

    /** What readers of each table and partition see: the files of its location, by catalog key. */
    public SortedMap<String, List<String>> visible() throws IOException {
        SortedMap<String, List<String>> visible = new TreeMap<>();
        for (Map.Entry<String, String> entry : catalog.locations().entrySet()) {
            visible.put(entry.getKey(), files(java.nio.file.Path.of(java.net.URI.create(entry.getValue()))));
        }
        return visible;
    }

    /** Ids of all sales that readers see, in the order of the dates; a sale that is seen twice is there twice. */
    public List<String> visibleSales() throws IOException {
        List<String> ids = new ArrayList<>();
        for (Map.Entry<String, String> entry : new TreeMap<>(catalog.locations()).entrySet()) {
            if (entry.getKey().startsWith(FACT.name())) {
                for (String file : files(java.nio.file.Path.of(java.net.URI.create(entry.getValue())))) {
                    ids.addAll(ids(new Path(entry.getValue(), file)));
                }
            }
        }
        return ids;
    }

    /** Ids of the sales in a file, in its order. */
    public List<String> ids(Path file) throws IOException {
        List<String> ids = new ArrayList<>();
        try (ParquetReader<Row> reader = ParquetRows.reader(IDS, file, conf)) {
            for (Row row = reader.read(); row != null; row = reader.read()) {
                ids.add(row.text("transaction_id"));
            }
        }
        return ids;
    }

    /** Every file below the root with its bytes, but for hidden ones, which nobody reads. */
    SortedMap<String, String> contents() throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        try (Stream<java.nio.file.Path> paths = Files.walk(directory)) {
            for (java.nio.file.Path path : paths.filter(Files::isRegularFile).toList()) {
                if (!path.getFileName().toString().startsWith(".")) {
                    byte[] bytes = Files.readAllBytes(path);
                    contents.put(
                            directory.relativize(path).toString(),
                            java.util.Arrays.hashCode(bytes) + ":" + bytes.length);
                }
            }
        }
        return contents;
    }

    /** Publishes as a run does that nothing disturbs. */
    public Snapshot publish(PublishRequest request) throws IOException {
        Publisher publisher = publisher();
        return publisher.publish(com.qcompany.warehouse.state.Snapshots.latest(local, layout), request);
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
