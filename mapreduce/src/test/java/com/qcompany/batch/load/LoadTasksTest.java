package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.load.RowBlock.Packed;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.parquet.PackedOutput;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.GroupRecord.Status;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.apache.hadoop.mrunit.mapreduce.ReduceDriver;
import org.apache.hadoop.mrunit.types.Pair;
import org.apache.parquet.hadoop.ParquetWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mapper and reducer alone, under MRUnit. */
class LoadTasksTest {

    private static final String GROUP = "2024-07-04-10/group1";
    private static final List<String> HEADER = List.of(
            "transaction_date",
            "transaction_id",
            "customer_id",
            "customer_fname",
            "cusomter_lname",
            "cusomter_email",
            "sales_agent_id",
            "branch_id",
            "product_id",
            "product_name",
            "product_category",
            "offer_1",
            "offer_2",
            "offer_3",
            "offer_4",
            "offer_5",
            "units",
            "unit_price",
            "is_online",
            "payment_method",
            "shipping_address");

    @TempDir
    Path dir;

    private final Configuration conf = new Configuration();

    @BeforeEach
    void writePlan() throws IOException {
        writePlan("run", Map.of());
    }

    private void writePlan(String run, Map<String, PublishedDimension> dimensions) throws IOException {
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
        conf.set("q.root", dir.toUri().toString());
        // MRUnit takes keys and values apart by this.
        conf.setStrings("io.serializations", "org.apache.hadoop.io.serializer.WritableSerialization");
        FileRecord sales = new FileRecord("sales_transactions", "s.csv", 1, "", 2, HEADER, false);
        GroupRecord group = new GroupRecord(
                1, "group1", 1, "2024-07-04-10", Status.ACCEPTED, null, "raw/group1", List.of(sales), "");
        Map<String, Map<String, Integer>> known =
                Map.of("sales_agent_dim", Map.of("1", 0), "branch_dim", Map.of("2", -1));
        new LoadPlan(run, dir.toUri().toString(), 0, List.of(group), known, dimensions, 1).writeTo(conf);
    }

    @Test
    void mapperSendsASaleItsDateItsThingsAndTheTally() throws IOException {
        List<Pair<ShuffleKey, ShuffleValue>> sent = map(
                "2023-5-20,trx-1,7,Ann,Brown,\"a@b.com\"\"\",1,2,22,Coffee Maker,Appliances,,True,,,,3,79.99,no,Cash");

        assertThat(sent)
                .extracting(pair -> pair.getFirst().table().name(), pair -> pair.getFirst()
                        .group())
                .containsExactlyInAnyOrder(
                        tuple(LoadTables.TOUCHED_DATES, "2023-05-20"),
                        tuple(StarSchema.SALES_TRANSACTIONS_FACT, "2023-05-20"),
                        tuple(StarSchema.CUSTOMER_DIM, "0"),
                        tuple(StarSchema.PRODUCT_DIM, "0"),
                        tuple(LoadTables.FILE_TALLIES, "0"));
        Row sale = firstOfBlock(sent, StarSchema.SALES_TRANSACTIONS_FACT);
        assertThat(sale.get("offer")).isEqualTo(2);
        assertThat(sale.get("total_paid_price")).isEqualTo(new BigDecimal("215.9730"));
        assertThat(firstOfBlock(sent, StarSchema.CUSTOMER_DIM).get("customer_email"))
                .isEqualTo("a@b.com");
    }

    @Test
    void mapperSendsARejectedLineWithItsReason() throws IOException {
        String line = "2023-5-20,trx-1,7,Ann,Brown,a@b.com,9,2,22,Coffee Maker,Appliances,,,,,,0,79.99,no,Cash";

        List<Pair<ShuffleKey, ShuffleValue>> sent = map(line);

        Row rejected = row(sent, StarSchema.REJECTED_ROWS);
        assertThat(rejected.get("raw_line")).isEqualTo(line);
        assertThat((List<?>) rejected.get("rule_codes")).hasSize(2);
        assertThat(sent).noneMatch(pair -> pair.getFirst().table().equals(StarSchema.CUSTOMER_DIM));
        assertThat(row(sent, LoadTables.FILE_TALLIES).get("rejected")).isEqualTo(1L);
    }

    @Test
    void reducerLoadsASaleOnceAndKeepsItsKey() throws IOException {
        ShuffleKey key =
                new ShuffleKey().set(LoadTables.ordinal(StarSchema.SALES_TRANSACTIONS_FACT), "2023-05-20", 0, 0);
        List<ShuffleValue> twice = List.of(
                block(new PlacedRow(RowPlace.of("trx-1", 0, 99), 42, SaleRows.row("trx-1"))),
                block(new PlacedRow(RowPlace.of("trx-1", 0, 9), 42, SaleRows.row("trx-1"))));

        List<Pair<String, Row>> written = reduce(key, twice);

        assertThat(written)
                .extracting(
                        pair -> pair.getFirst(),
                        pair -> pair.getSecond().table().name())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("2023-05-20", "sales_transactions_fact"),
                        org.assertj.core.groups.Tuple.tuple("2023", "transaction_keys"),
                        org.assertj.core.groups.Tuple.tuple("", "file_tallies"));
        assertThat(written.get(0).getSecond().get("source_group")).isEqualTo(GROUP);
        assertThat(written.get(2).getSecond().get("duplicate")).isEqualTo(1L);
    }

    @Test
    void reducerFoldsTheHistoryOfAThing() throws IOException {
        ShuffleKey key = new ShuffleKey().set(LoadTables.ordinal(StarSchema.PRODUCT_DIM), "0", 0, 0);
        List<ShuffleValue> seen = List.of(
                block(new PlacedRow(RowPlace.of(22, 0, 9), 0, product("Boiler", "2024-07-04-11/group2"))),
                block(new PlacedRow(RowPlace.of(22, 0, 5), 0, product("Kettle", GROUP))));

        List<Pair<String, Row>> written = reduce(key, seen);

        assertThat(written)
                .extracting(pair -> pair.getSecond().get("product_name"), pair -> pair.getSecond()
                        .get(Dimension.IS_CURRENT))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Kettle", false),
                        org.assertj.core.groups.Tuple.tuple("Boiler", true));
    }

    @Test
    void reducerPassesThingsOnThatNoFileShows() throws IOException {
        Row published = product("Kettle", GROUP)
                .set(Dimension.VERSION_NUMBER, 1)
                .set(Dimension.VALID_FROM, LocalDateTime.of(2024, 7, 4, 10, 0))
                .set(Dimension.IS_CURRENT, true);
        Row other = product("Toaster", GROUP).set("product_id", 9);
        writePlan("another", Map.of("product_dim", publish(published)));
        ShuffleKey key = new ShuffleKey().set(LoadTables.ordinal(StarSchema.PRODUCT_DIM), "0", 0, 0);

        List<Pair<String, Row>> written = reduce(key, List.of(block(new PlacedRow(RowPlace.of(9, 0, 5), 0, other))));

        assertThat(written)
                .extracting(pair -> pair.getSecond().get("product_id"))
                .containsExactly(9, 22);
        assertThat(written.get(1).getSecond()).isEqualTo(published);
    }

    @Test
    void reducerPassesADimensionOnOfWhichNoFileShowsAThing() throws IOException {
        Row published = product("Kettle", GROUP)
                .set(Dimension.VERSION_NUMBER, 1)
                .set(Dimension.VALID_FROM, LocalDateTime.of(2024, 7, 4, 10, 0))
                .set(Dimension.IS_CURRENT, true);
        writePlan("another", Map.of("product_dim", publish(published)));
        ShuffleKey key = new ShuffleKey().set(LoadTables.ordinal(LoadTables.TOUCHED_DATES), "2023-05-20", 0, 0);

        ShuffleValue date =
                new ShuffleValue().set(new Row(LoadTables.TOUCHED_DATES).set("transaction_date", "2023-05-20"));

        assertThat(reduce(key, List.of(date))).extracting(Pair::getSecond).containsExactly(published);
    }

    private PublishedDimension publish(Row version) throws IOException {
        org.apache.hadoop.fs.Path file =
                new org.apache.hadoop.fs.Path(dir.resolve("published.parquet").toUri());
        try (ParquetWriter<Row> writer = ParquetRows.writer(version.table(), file, conf)) {
            writer.write(version);
        }
        int key = version.require("product_id", Integer.class);
        return new PublishedDimension(List.of(new PublishedDimension.File(file.toString(), key, key)), List.of());
    }

    private List<Pair<ShuffleKey, ShuffleValue>> map(String line) throws IOException {
        return MapDriver.newMapDriver(new FeedMapper())
                .withConfiguration(conf)
                .withInput(
                        new LineLocation().set(0, 300, false), new BytesWritable(line.getBytes(StandardCharsets.UTF_8)))
                .run();
    }

    private List<Pair<String, Row>> reduce(ShuffleKey key, List<ShuffleValue> values) throws IOException {
        conf.setStrings(
                "io.serializations",
                "org.apache.hadoop.io.serializer.WritableSerialization",
                "org.apache.hadoop.io.serializer.JavaSerialization",
                RowSerialization.class.getName());
        return ReduceDriver.newReduceDriver(new LoadReducer())
                .withConfiguration(conf)
                .withInput(key, values)
                .run();
    }

    private static ShuffleValue block(PlacedRow row) {
        int table = LoadTables.ordinal(row.row().table());
        BlockFormat format = LoadTables.blockFormat(table);
        PackedOutput packed = new PackedOutput();
        format.write(row, packed);
        Packed[] rows = {new Packed(row.place().prefix(), 0, packed.length())};
        return new ShuffleValue().set(table, new RowBlock(format, packed, rows));
    }

    private static Row firstOfBlock(List<Pair<ShuffleKey, ShuffleValue>> sent, Table table) {
        BlockFormat format = LoadTables.blockFormat(LoadTables.ordinal(table));
        return value(sent, table, value -> format.read(value.rows())).row();
    }

    private static Row row(List<Pair<ShuffleKey, ShuffleValue>> sent, Table table) {
        return value(sent, table, ShuffleValue::row);
    }

    private static <T> T value(
            List<Pair<ShuffleKey, ShuffleValue>> sent, Table table, Function<ShuffleValue, T> content) {
        return sent.stream()
                .filter(pair -> pair.getFirst().table().equals(table))
                .map(pair -> content.apply(pair.getSecond()))
                .findFirst()
                .orElseThrow();
    }

    private static org.assertj.core.groups.Tuple tuple(Table table, String group) {
        return org.assertj.core.groups.Tuple.tuple(table.name(), group);
    }

    private static Row product(String name, String group) {
        return new Row(StarSchema.PRODUCT_DIM)
                .set("product_id", 22)
                .set("product_name", name)
                .set("product_category", "Appliances")
                .set(Dimension.SEEN_IN, List.of(group));
    }
}
