package com.qcompany.ops.hive;

import static com.qcompany.warehouse.schema.StarSchema.BRANCHES;
import static com.qcompany.warehouse.schema.StarSchema.CUSTOMERS;
import static com.qcompany.warehouse.schema.StarSchema.PRODUCTS;
import static com.qcompany.warehouse.schema.StarSchema.REJECTED_ROWS;
import static com.qcompany.warehouse.schema.StarSchema.SALES_AGENTS;
import static com.qcompany.warehouse.schema.StarSchema.SALES_BASE;
import static com.qcompany.warehouse.schema.StarSchema.SALES_DELTA;
import static com.qcompany.warehouse.schema.StarSchema.SOURCE_GROUPS;
import static com.qcompany.warehouse.schema.StarSchema.TRANSACTION_KEYS;
import static com.qcompany.warehouse.schema.StarSchema.WAITING_ROWS;

import com.qcompany.hive.Catalogs;
import com.qcompany.hive.DdlTool;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.Version;
import com.qcompany.warehouse.state.Snapshots;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ToolRunner;
import org.apache.parquet.hadoop.ParquetWriter;
import org.jspecify.annotations.Nullable;

/**
 * A published warehouse small enough to reckon by hand, in a root and a database of its own.
 *
 * <p>Eight sales on two days from two hours. Publish 1 loaded six of them, publish 2 merged these into the base, and
 * publish 3 loaded two more and corrected the units of t4; one group is refused, another was and is
 * loaded since, and one sale waits for its agent. Product
 * 4 was a Cup, for no time a Beaker, and is a Mug; customer 1 changed her name; agents 2 and 3 have one name, as have
 * products 9 and 18; agent 1's name is a formula; agent 2 became known an hour after his first sale; t8 was shipped to no
 * city.
 */
final class SampleWarehouse {

    static final LocalDateTime FIRST_HOUR = LocalDateTime.of(2024, 7, 4, 5, 0);
    static final LocalDateTime SECOND_HOUR = FIRST_HOUR.plusHours(1);
    private static final LocalDateTime THIRD_HOUR = FIRST_HOUR.plusHours(2);
    static final String FIRST_DAY = "2024-07-01";
    static final String SECOND_DAY = "2024-07-02";
    static final long MERGED_UP_TO = 2;
    static final long PUBLISHED = 3;

    static final String SEEN_IN = "OjAAAAEAAAAAAAEAEAAAAAEAAgA=";

    private static final String PART = "part-0.parquet";

    private final Configuration conf;
    private final Layout layout;
    private final FileSystem fs;
    private final SortedMap<String, Version> tables = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Version>> partitions = new TreeMap<>();

    private SampleWarehouse(EmbeddedStack stack, String name) throws IOException {
        conf = stack.clientConf();
        conf.set(Settings.ROOT.key(), "/it/" + name);
        conf.set(Settings.DATABASE.key(), "it_" + name);
        layout = Layout.of(conf);
        fs = layout.root().getFileSystem(conf);
    }

    /** Creates, publishes and registers it. */
    static SampleWarehouse publish(EmbeddedStack stack, String name) throws Exception {
        SampleWarehouse warehouse = new SampleWarehouse(stack, name);
        ToolRunner.run(warehouse.conf(), new DdlTool(), new String[0]);
        warehouse.writeDimensions();
        warehouse.writeSales();
        warehouse.writeGroups();
        warehouse.register();
        return warehouse;
    }

    Configuration conf() {
        return new Configuration(conf);
    }

    Layout layout() {
        return layout;
    }

    FileSystem fs() {
        return fs;
    }

    String database() {
        return Settings.DATABASE.get(conf);
    }

    /** Another file with one sale of the first day, put where the merged ones lie. */
    void appendSale(String transactionId) throws IOException {
        write(
                SALES_BASE,
                new Path(layout.partitionVersion(SALES_BASE, List.of(FIRST_DAY), 2), transactionId + ".parquet"),
                List.of(merged(1, null, sold(FIRST_DAY, transactionId, 2))));
    }

    /** A delta with one sale of the first day, registered and not shown yet. */
    void addDelta(long addedIn, String transactionId) throws IOException {
        Path directory = layout.partitionVersion(SALES_DELTA, List.of(Long.toString(addedIn)), addedIn);
        write(SALES_DELTA, new Path(directory, PART), List.of(later(sold(FIRST_DAY, transactionId, 2))));
        try (Catalog catalog = Catalogs.open(conf)) {
            catalog.addPartitions(SALES_DELTA, Map.of(List.of(Long.toString(addedIn)), directory));
        }
    }

    private void writeDimensions() throws IOException {
        dimension(
                CUSTOMERS,
                version(CUSTOMERS, 1, 1, FIRST_HOUR, SECOND_HOUR, "Ann", "Lee", "ann@x.org"),
                version(CUSTOMERS, 1, 2, SECOND_HOUR, null, "Ann", "Kim", null),
                version(CUSTOMERS, 2, 1, FIRST_HOUR, null, "Bob", "Ray", "bob@x.org"));
        dimension(
                PRODUCTS,
                version(PRODUCTS, 4, 1, FIRST_HOUR, SECOND_HOUR, "Cup", "Kitchen"),
                version(PRODUCTS, 4, 2, SECOND_HOUR, SECOND_HOUR, "Beaker", "Kitchen"),
                version(PRODUCTS, 4, 3, SECOND_HOUR, null, "Mug", "Kitchen"),
                version(PRODUCTS, 9, 1, FIRST_HOUR, null, "Boots", "Shoes"),
                version(PRODUCTS, 18, 1, FIRST_HOUR, null, "Boots", "Outdoor"));
        LocalDate hired = LocalDate.of(2020, 6, 3);
        dimension(
                SALES_AGENTS,
                version(SALES_AGENTS, 1, 1, FIRST_HOUR, null, "=Eve", hired),
                version(SALES_AGENTS, 2, 1, SECOND_HOUR, null, "Dan", hired),
                version(SALES_AGENTS, 3, 1, FIRST_HOUR, null, "Dan", hired));
        dimension(BRANCHES, version(BRANCHES, 1, 1, FIRST_HOUR, null, "Oslo", LocalDate.of(2017, 1, 15), "A"));
    }

    private void writeSales() throws IOException {
        Sale t1 = branchSale(FIRST_DAY, "t1", 1, 1, 4, 2, "10.00", null, FIRST_HOUR);
        Sale t2 = branchSale(FIRST_DAY, "t2", 1, 1, 4, 3, "10.00", 1, SECOND_HOUR);
        Sale t3 = branchSale(FIRST_DAY, "t3", 2, 2, 9, 1, "19.99", 5, FIRST_HOUR);
        Sale wrong = branchSale(FIRST_DAY, "t4", 2, 3, 9, 400, "19.99", null, SECOND_HOUR);
        Sale t4 = branchSale(FIRST_DAY, "t4", 2, 3, 9, 4, "19.99", null, SECOND_HOUR);
        Sale t5 = onlineSale(FIRST_DAY, "t5", 2, 18, 1, "19.99", null, "Springfield", "IL");
        Sale t6 = onlineSale(SECOND_DAY, "t6", 1, 9, 2, "5.00", 1, "Springfield", "MA");
        Sale t7 = onlineSale(SECOND_DAY, "t7", 1, 9, 1, "30.00", null, "Springfield", "IL");
        Sale t8 = onlineSale(SECOND_DAY, "t8", 2, 9, 1, "1.00", null, null, "IL");
        partition(SALES_DELTA, "1", 1, later(t1), later(t2), later(t3), later(wrong), later(t5), later(t7));
        partition(
                SALES_BASE,
                FIRST_DAY,
                2,
                merged(1, null, t1),
                merged(1, null, t2),
                merged(1, null, t3),
                merged(1, 3L, wrong),
                merged(1, null, t5));
        partition(SALES_BASE, SECOND_DAY, 2, merged(1, null, t7));
        partition(SALES_DELTA, "3", 3, later(t4), later(t6), later(t8));
        partition(TRANSACTION_KEYS, "1", 1, key(t1, 1), key(t2, 1), key(t3, 1), key(wrong, 1), key(t5, 1), key(t7, 1));
        partition(TRANSACTION_KEYS, "3", 3, key(t4, 3), key(t6, 3), key(t8, 3));
    }

    private void writeGroups() throws IOException {
        table(
                SOURCE_GROUPS,
                3,
                group(1, "group1", "loaded", FIRST_HOUR),
                group(2, "group2", "loaded", FIRST_HOUR),
                group(3, "bad", "refused", FIRST_HOUR),
                group(4, "mended", "refused", THIRD_HOUR),
                group(5, "mended@2", "loaded", THIRD_HOUR));
        table(WAITING_ROWS, 3, kept(WAITING_ROWS, "group2", 2, SECOND_HOUR));
        Row ofRefused = kept(REJECTED_ROWS, "mended", 4, THIRD_HOUR).set("group_refused", true);
        Row replayed = kept(REJECTED_ROWS, "mended@2", 5, THIRD_HOUR)
                .set("group_refused", false)
                .set("replayed_in", 3L);
        partition(REJECTED_ROWS, "2024-07-04", 3, ofRefused.set("run_id", "run-1"), replayed.set("run_id", "run-2"));
    }

    private void register() throws IOException {
        Snapshots.write(
                fs,
                layout,
                new Snapshot(
                        Snapshot.FORMAT,
                        PUBLISHED,
                        MERGED_UP_TO,
                        tables,
                        partitions,
                        3,
                        new TreeSet<>(),
                        new TreeSet<>(List.of(3L)),
                        List.of()));
        try (Catalog catalog = Catalogs.open(conf)) {
            for (Map.Entry<String, Version> version : tables.entrySet()) {
                Table table = StarSchema.table(version.getKey());
                catalog.setTableLocation(
                        table, layout.tableVersion(table, version.getValue().number()));
            }
            for (String name : partitions.keySet()) {
                Table table = StarSchema.table(name);
                Map<List<String>, Path> locations = new TreeMap<>(Comparator.comparing(List::toString));
                partitions
                        .get(name)
                        .forEach((value, version) -> locations.put(
                                List.of(value), layout.partitionVersion(table, List.of(value), version.number())));
                catalog.addPartitions(table, locations);
            }
            catalog.showSales(MERGED_UP_TO, PUBLISHED, List.of());
        }
    }

    private void dimension(Dimension dimension, Row... versions) throws IOException {
        table(dimension.table(), 1, versions);
    }

    private void table(Table table, long version, Row... rows) throws IOException {
        write(table, new Path(layout.tableVersion(table, version), PART), List.of(rows));
        tables.put(table.name(), version(version, rows));
    }

    private void partition(Table table, String value, long version, Row... rows) throws IOException {
        write(table, new Path(layout.partitionVersion(table, List.of(value), version), PART), List.of(rows));
        partitions.computeIfAbsent(table.name(), name -> new TreeMap<>()).put(value, version(version, rows));
    }

    private static Version version(long number, Row... rows) {
        return new Version(number, new TreeMap<>(Map.of(PART, (long) rows.length)));
    }

    /** Writes a file of rows. */
    void write(Table table, Path file, List<Row> rows) throws IOException {
        try (ParquetWriter<Row> writer = ParquetRows.writer(table, file, conf)) {
            for (Row row : rows) {
                writer.write(row);
            }
        }
    }

    private static Row version(
            Dimension dimension,
            int key,
            int number,
            LocalDateTime from,
            @Nullable LocalDateTime to,
            @Nullable Object... describing) {
        Row row = new Row(dimension.table())
                .set(dimension.key(), key)
                .set(Dimension.VERSION_NUMBER, number)
                .set(Dimension.VALID_FROM, from)
                .set(Dimension.VALID_TO, to)
                .set(Dimension.IS_CURRENT, to == null)
                .set(Dimension.SEEN_IN, SEEN_IN);
        for (int i = 0; i < describing.length; i++) {
            row.set(dimension.describing().get(i), describing[i]);
        }
        return row;
    }

    private static Row group(long sequence, String name, String status, LocalDateTime hour) {
        return new Row(SOURCE_GROUPS)
                .set("group_sequence", sequence)
                .set("source_group", SourceGroup.HOUR.format(hour) + "/" + name)
                .set("source_hour", hour)
                .set("status", status)
                .set("published_in", 3L)
                .set("run_id", "run-3");
    }

    /** A line of an agent that is not known. */
    private static Row kept(Table table, String group, long sequence, LocalDateTime hour) {
        return new Row(table)
                .set("feed", "sales_transactions")
                .set("source_file", "sales.csv")
                .set("line_number", 7L)
                .set("byte_offset", 512L)
                .set("source_group", SourceGroup.HOUR.format(hour) + "/" + group)
                .set("group_sequence", sequence)
                .set("source_hour", hour)
                .set("rule_codes", List.of("agent_unknown"))
                .set("column_name", "sales_agent_id")
                .set("column_value", "77")
                .set("message", "Cannot load the sale yet: agent 77 is not known")
                .set("raw_line", "t9,…")
                .set("raw_encoding", "utf-8");
    }

    /** A sale in the columns that base and delta share. */
    private record Sale(String date, Row row) {}

    private static Row merged(long addedIn, @Nullable Long removedIn, Sale sale) {
        return copy(sale, SALES_BASE).set("added_in", addedIn).set("removed_in", removedIn);
    }

    private static Row later(Sale sale) {
        return copy(sale, SALES_DELTA);
    }

    private static Row copy(Sale sale, Table table) {
        Row copy = new Row(table);
        for (Column column : table.columns()) {
            if (!List.of("added_in", "removed_in", "transaction_date").contains(column.name())) {
                copy.set(column.name(), sale.row().get(column.name()));
            }
        }
        return table.equals(SALES_DELTA) ? copy.set("transaction_date", sale.date()) : copy;
    }

    private static Row key(Sale sale, long addedIn) {
        return new Row(TRANSACTION_KEYS)
                .set("transaction_id", sale.row().text("transaction_id"))
                .set("transaction_date", sale.date())
                .set("added_in", addedIn)
                .set("content_digest", 7L)
                .set("group_sequence", 1L);
    }

    private static Sale sold(String date, String id, int agent) {
        return branchSale(date, id, 1, agent, 9, 1, "1.00", null, SECOND_HOUR);
    }

    private static Sale branchSale(
            String date,
            String id,
            int customer,
            int agent,
            int product,
            int units,
            String price,
            @Nullable Integer offer,
            LocalDateTime hour) {
        return new Sale(
                date,
                sale(id, customer, product, units, price, offer, hour)
                        .set("sales_agent_id", agent)
                        .set("branch_id", 1)
                        .set("is_online", false));
    }

    private static Sale onlineSale(
            String date,
            String id,
            int customer,
            int product,
            int units,
            String price,
            @Nullable Integer offer,
            @Nullable String city,
            String state) {
        return new Sale(
                date,
                sale(id, customer, product, units, price, offer, SECOND_HOUR)
                        .set("shipping_address", "1 Main Street")
                        .set("shipping_city", city)
                        .set("shipping_state", state)
                        .set("shipping_postal_code", "00501")
                        .set("is_online", true)
                        .set("extras", Map.of("logs", "a;b")));
    }

    private static Row sale(
            String id,
            int customer,
            int product,
            int units,
            String price,
            @Nullable Integer offer,
            LocalDateTime hour) {
        int discount = offer == null ? 0 : 5 * offer;
        BigDecimal total = new BigDecimal(price)
                .multiply(BigDecimal.valueOf(units))
                .multiply(BigDecimal.valueOf(100 - discount))
                .movePointLeft(2);
        return new Row(StarSchema.SALES_TRANSACTIONS_FACT)
                .set("transaction_id", id)
                .set("customer_id", customer)
                .set("product_id", product)
                .set("units", units)
                .set("unit_price", new BigDecimal(price).setScale(4))
                .set("offer", offer)
                .set("discount_percentage", discount)
                .set("total_paid_price", total.setScale(6))
                .set("payment_method", "Cash")
                .set("source_group", "group1")
                .set("source_hour", hour)
                .set("run_id", "run-1");
    }
}
