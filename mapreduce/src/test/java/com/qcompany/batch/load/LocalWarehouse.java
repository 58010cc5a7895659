package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.balance.Balance;
import com.qcompany.batch.Main;
import com.qcompany.batch.ingest.IngestTool;
import com.qcompany.batch.merge.CompactTool;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.apache.commons.lang3.ArrayUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ToolRunner;
import org.apache.parquet.hadoop.ParquetReader;

/** A warehouse on the local file system, loaded by real jobs on the local runner; no Hive. */
final class LocalWarehouse {
    static final String HEADER = "transaction_date,transaction_id,customer_id,customer_fname,cusomter_lname,"
            + "cusomter_email,sales_agent_id,branch_id,product_id,product_name,product_category,offer_1,offer_2,offer_3,"
            + "offer_4,offer_5,units,unit_price,is_online,payment_method,shipping_address";

    private final Configuration conf = new Configuration();
    private final java.nio.file.Path landing;
    private final Layout layout;
    private final FileSystem fs;

    LocalWarehouse(java.nio.file.Path dir) throws IOException {
        this.landing = Files.createDirectories(dir.resolve("landing"));
        conf.set("fs.defaultFS", "file:///");
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        conf.setBoolean("fs.file.impl.disable.cache", true);
        conf.set("mapreduce.framework.name", "local");
        conf.set("hadoop.tmp.dir", dir.resolve("tmp").toString());
        conf.set("mapreduce.cluster.local.dir", dir.resolve("local").toString());
        conf.setInt("mapreduce.task.io.sort.mb", 16);
        conf.setInt("mapreduce.client.completion.pollinterval", 5);
        conf.setInt("mapreduce.client.progressmonitor.pollinterval", 5);
        conf.set("q.root", dir.resolve("q").toUri().toString());
        conf.setInt("q.ingest.quiet-seconds", 0);
        this.layout = Layout.of(conf);
        this.fs = layout.root().getFileSystem(conf);
    }

    Configuration conf() {
        return conf;
    }

    java.nio.file.Path landing() {
        return landing;
    }

    /** Drops a group of one branch, one agent and some sales, whose name ends with a number. */
    void group(String name, String... sales) throws IOException {
        java.nio.file.Path group = Files.createDirectories(landing.resolve(name));
        String number = name.substring("group".length());
        write(group, "branches_" + number, "branch_id,location,establish_date,class", "1,New York,2017-01-15,A");
        write(group, "sales_agents_" + number, "sales_person_id,name,hire_date", "1,John Doe,2020-6-3");
        write(group, "sales_transactions_" + number, ArrayUtils.addFirst(sales, HEADER));
    }

    static void write(java.nio.file.Path group, String name, String... lines) throws IOException {
        Files.writeString(group.resolve(name + ".csv"), String.join("\r\n", lines) + "\r\n");
    }

    /** A line of a sale of the one agent and branch. */
    static String sale(String id, int units) {
        return "2023-5-20," + id + ",85469,Ann,Brown,ann.brown@gmail.com;,1,1,22,Coffee Maker,Appliances,,,True,,,"
                + units + ",79.99,no,Cash";
    }

    /** Takes in the next waiting group. */
    int ingest(String hour) throws Exception {
        return ToolRunner.run(
                conf, new IngestTool(), new String[] {"--landing", landing.toString(), "--now", "--hour", hour});
    }

    int load(String... args) throws Exception {
        return ToolRunner.run(conf, new LoadTool(), args);
    }

    /** What a command prints that ends with some code. */
    String printed(ExitCode expected, String... command) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(conf, command)).isEqualTo(expected.code());
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    boolean isFlaggedAsLoaded(String hour) throws IOException {
        return fs.exists(layout.loadedFlag(SourceGroup.parseHour(hour)));
    }

    Snapshot snapshot() throws IOException {
        return Snapshots.latest(fs, layout);
    }

    /** Every published row of a table; of the view the rows that it shows. */
    List<Row> rows(Table table) throws IOException {
        if (table.storage() == Table.Storage.VIEW) {
            return shownSales();
        }
        List<Row> rows = new ArrayList<>();
        for (DataFile file : DataFile.of(snapshot(), layout, table)) {
            rows.addAll(read(table, file));
        }
        return rows;
    }

    /** Published files of a table. */
    List<DataFile> files(Table table) throws IOException {
        return DataFile.of(snapshot(), layout, table);
    }

    /** Files of all tables that a publish wrote. */
    List<DataFile> filesOf(long publish) throws IOException {
        List<DataFile> files = new ArrayList<>();
        for (Table table : StarSchema.TABLES) {
            DataFile.of(snapshot(), layout, table).stream()
                    .filter(file -> file.path().getName().startsWith(publish + "-"))
                    .forEach(files::add);
        }
        return files;
    }

    int compact(String... args) throws Exception {
        return ToolRunner.run(conf, new CompactTool(), args);
    }

    /** What the raw files of all hours hold against what is published. */
    Balance balance() throws Exception {
        return Balance.run(conf, layout, snapshot(), SourceGroup.FIRST_HOUR, SourceGroup.LAST_HOUR, job -> {});
    }

    /** Sales and versions of dimensions as texts, without what tells which publish or run wrote them. */
    List<String> state() throws IOException {
        List<String> state = new ArrayList<>();
        for (Row sale : rows(StarSchema.SALES_TRANSACTIONS_FACT)) {
            state.add(text(sale, StarSchema.COMPARED_SALE_COLUMNS));
        }
        state.addAll(versions((dimension, key) -> true));
        for (Row waiting : rows(StarSchema.WAITING_ROWS)) {
            state.add(text(waiting, List.of("source_group", "line_number", "raw_line")));
        }
        return state.stream().sorted().toList();
    }

    /** Versions of dimensions as texts, of some keys. */
    List<String> versions(BiPredicate<Dimension, Object> keys) throws IOException {
        List<String> versions = new ArrayList<>();
        for (Dimension dimension : StarSchema.DIMENSION_DECLARATIONS) {
            List<String> columns = dimension.table().columns().stream()
                    .map(Column::name)
                    .filter(column -> !column.equals(Dimension.SEEN_IN))
                    .toList();
            for (Row version : rows(dimension.table())) {
                if (keys.test(dimension, version.get(dimension.key()))) {
                    versions.add(text(version, columns));
                }
            }
        }
        return versions.stream().sorted().toList();
    }

    private static String text(Row row, List<String> columns) {
        return row.table().name()
                + columns.stream().map(column -> column + "=" + row.get(column)).toList();
    }

    private List<Row> shownSales() throws IOException {
        Snapshot snapshot = snapshot();
        List<Row> shown = new ArrayList<>();
        for (DataFile file : DataFile.of(snapshot, layout, StarSchema.SALES_BASE)) {
            for (Row row : read(file.table(), file)) {
                if (row.require("added_in", Long.class) <= snapshot.mergedUpTo() && row.get("removed_in") == null) {
                    shown.add(fact(row, file.partition().get(0)));
                }
            }
        }
        for (DataFile file : DataFile.of(snapshot, layout, StarSchema.SALES_DELTA)) {
            for (Row row : read(file.table(), file)) {
                if (Long.parseLong(file.partition().get(0)) > snapshot.mergedUpTo() && row.get("removed_in") == null) {
                    shown.add(fact(row, row.text("transaction_date")));
                }
            }
        }
        return shown;
    }

    private static Row fact(Row row, String date) {
        Row fact = new Row(StarSchema.SALES_TRANSACTIONS_FACT);
        fact.table().columns().stream()
                .map(column -> column.name())
                .filter(column -> !column.equals("transaction_date"))
                .forEach(column -> fact.set(column, row.get(column)));
        return fact.set("transaction_date", date);
    }

    private List<Row> read(Table table, DataFile file) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (ParquetReader<Row> reader = ParquetRows.reader(table, file.path(), conf)) {
            for (Row row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
