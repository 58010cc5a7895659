package com.qcompany.ops.hive;

import static com.qcompany.warehouse.schema.StarSchema.BRANCHES;
import static com.qcompany.warehouse.schema.StarSchema.CUSTOMERS;
import static com.qcompany.warehouse.schema.StarSchema.PRODUCTS;
import static com.qcompany.warehouse.schema.StarSchema.SALES_AGENTS;
import static com.qcompany.warehouse.schema.StarSchema.SALES_TRANSACTIONS_FACT;

import com.qcompany.hive.Catalogs;
import com.qcompany.hive.DdlTool;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.PartitionState;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * <p>Seven sales on two days from two hours. Product 4 was a Cup, for no time a Beaker, and is a Mug; customer 1 changed
 * her name; agents 2 and 3 have one name, as have products 9 and 18; agent 1's name is a formula.
 */
final class SampleWarehouse {

    static final LocalDateTime FIRST_HOUR = LocalDateTime.of(2024, 7, 4, 5, 0);
    static final LocalDateTime SECOND_HOUR = FIRST_HOUR.plusHours(1);
    static final String FIRST_DAY = "2024-07-01";
    static final String SECOND_DAY = "2024-07-02";

    private final Configuration conf;
    private final Layout layout;
    private final FileSystem fs;

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

    /** Another file with one sale of the first day, put where the published ones lie. */
    void appendSale(String transactionId) throws IOException {
        Path directory = layout.partitionVersion(SALES_TRANSACTIONS_FACT, List.of(FIRST_DAY), 1);
        write(
                SALES_TRANSACTIONS_FACT,
                new Path(directory, transactionId + ".parquet"),
                List.of(branchSale(transactionId, 1, 2, 9, 1, "1.00", null, SECOND_HOUR)));
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
                version(SALES_AGENTS, 2, 1, FIRST_HOUR, null, "Dan", hired),
                version(SALES_AGENTS, 3, 1, FIRST_HOUR, null, "Dan", hired));
        dimension(BRANCHES, version(BRANCHES, 1, 1, FIRST_HOUR, null, "Oslo", LocalDate.of(2017, 1, 15), "A"));
    }

    private void writeSales() throws IOException {
        sales(
                FIRST_DAY,
                branchSale("t1", 1, 1, 4, 2, "10.00", null, FIRST_HOUR),
                branchSale("t2", 1, 1, 4, 3, "10.00", 1, SECOND_HOUR),
                branchSale("t3", 2, 2, 9, 1, "19.99", 5, FIRST_HOUR),
                branchSale("t4", 2, 3, 9, 4, "19.99", null, SECOND_HOUR),
                onlineSale("t5", 2, 18, 1, "19.99", null, "IL"));
        sales(SECOND_DAY, onlineSale("t6", 1, 9, 2, "5.00", 1, "MA"), onlineSale("t7", 1, 9, 1, "30.00", null, "IL"));
    }

    private void register() throws IOException {
        Map<String, Long> versions = new HashMap<>();
        StarSchema.DIMENSIONS.forEach(table -> versions.put(table.name(), 1L));
        Map<String, PartitionState> partitions =
                new TreeMap<>(Map.of(FIRST_DAY, new PartitionState(1, 1, 5), SECOND_DAY, new PartitionState(1, 1, 2)));
        Snapshots.write(
                fs,
                layout,
                new Snapshot(1, versions, Map.of(SALES_TRANSACTIONS_FACT.name(), partitions), 1, new TreeSet<>()));
        try (Catalog catalog = Catalogs.open(conf)) {
            for (Table table : StarSchema.DIMENSIONS) {
                catalog.setTableLocation(table, layout.tableVersion(table, 1));
            }
            Map<List<String>, Path> locations = new HashMap<>();
            partitions.keySet().forEach(day -> locations.put(List.of(day), dayDirectory(day)));
            catalog.addPartitions(SALES_TRANSACTIONS_FACT, locations);
        }
    }

    private Path dayDirectory(String day) {
        return layout.partitionVersion(SALES_TRANSACTIONS_FACT, List.of(day), 1);
    }

    private void dimension(Dimension dimension, Row... versions) throws IOException {
        Path directory = layout.tableVersion(dimension.table(), 1);
        write(dimension.table(), new Path(directory, "part-0.parquet"), List.of(versions));
    }

    private void sales(String day, Row... rows) throws IOException {
        write(SALES_TRANSACTIONS_FACT, new Path(dayDirectory(day), "part-0.parquet"), List.of(rows));
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
                .set(Dimension.SEEN_IN, List.of("2024-07-04-05/group1", "2024-07-04-06/group2"));
        for (int i = 0; i < describing.length; i++) {
            row.set(dimension.describing().get(i), describing[i]);
        }
        return row;
    }

    private static Row branchSale(
            String id,
            int customer,
            int agent,
            int product,
            int units,
            String price,
            @Nullable Integer offer,
            LocalDateTime hour) {
        return sale(id, customer, product, units, price, offer, hour)
                .set("sales_agent_id", agent)
                .set("branch_id", 1)
                .set("is_online", false);
    }

    private static Row onlineSale(
            String id, int customer, int product, int units, String price, @Nullable Integer offer, String state) {
        return sale(id, customer, product, units, price, offer, SECOND_HOUR)
                .set("shipping_address", "1 Main Street")
                .set("shipping_city", "Springfield")
                .set("shipping_state", state)
                .set("shipping_postal_code", "00501")
                .set("is_online", true)
                .set("extras", Map.of("logs", "a;b"));
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
        return new Row(SALES_TRANSACTIONS_FACT)
                .set("transaction_id", id)
                .set("customer_id", customer)
                .set("product_id", product)
                .set("units", units)
                .set("unit_price", new BigDecimal(price).setScale(4))
                .set("offer", offer)
                .set("discount_percentage", discount)
                .set("total_paid_price", total.setScale(4))
                .set("payment_method", "Cash")
                .set("source_group", "group1")
                .set("source_hour", hour)
                .set("run_id", "run-1");
    }
}
