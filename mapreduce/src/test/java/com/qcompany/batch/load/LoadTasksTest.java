package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.job.ShuffleKey;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.GroupRecord.Status;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.apache.hadoop.mrunit.mapreduce.ReduceDriver;
import org.apache.hadoop.mrunit.types.Pair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mapper and reducer alone, under MRUnit. */
class LoadTasksTest {

    private static final List<String> HEADER = List.of(
            ("transaction_date,transaction_id,customer_id,customer_fname,cusomter_lname,cusomter_email,sales_agent_id,"
                            + "branch_id,product_id,product_name,product_category,offer_1,offer_2,offer_3,offer_4,"
                            + "offer_5,units,unit_price,is_online,payment_method,shipping_address")
                    .split(","));
    private static final String SALE =
            "2023-5-20,trx-1,7,Ann,Brown,\"a@b.com\"\"\",1,2,22,Coffee Maker,Appliances,,True,,,,3,79.99,no,Cash,";

    @TempDir
    Path dir;

    private final Configuration conf = new Configuration();

    @BeforeEach
    void writePlan() throws IOException {
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        conf.set("q.root", dir.toUri().toString());
        conf.setStrings(
                "io.serializations",
                "org.apache.hadoop.io.serializer.WritableSerialization",
                RowSerialization.class.getName());
        FileRecord sales =
                new FileRecord("sales_transactions", "s.csv", "s.csv", 1, "", "", 2, HEADER, false, true, null);
        GroupRecord group = new GroupRecord(
                1, "group1", 1, "2024-07-04-10", Status.ACCEPTED, null, "raw/group1", List.of(sales), "");
        Map<String, Set<String>> known = Map.of("sales_agent_dim", Set.of("1"), "branch_dim", Set.of("2"));
        LoadPlan plan = new LoadPlan(
                "run",
                dir.toUri().toString(),
                0,
                List.of(group),
                Set.of(),
                List.of(),
                known,
                new TreeSet<>(),
                FeedCatalog.bundled(),
                Replay.NOTHING,
                null);
        RowJob.plan(
                conf, new org.apache.hadoop.fs.Path(dir.resolve("staging/run").toUri()), plan);
    }

    @Test
    void mapperSendsASaleUnderItsIdAndTheTally() throws IOException {
        List<Pair<ShuffleKey, BytesWritable>> sent = map(SALE);

        assertThat(sent)
                .extracting(pair -> table(pair).name(), pair -> pair.getFirst().group())
                .containsExactly(
                        tuple("feed_sales_transactions", "trx-1"),
                        tuple("file_tallies", "0"),
                        tuple("file_tallies", "0"));
        Row tally = row(sent.get(1));
        assertThat(tally.get("lines")).isEqualTo(1L);
        assertThat(tally.get("count")).isEqualTo("READ");
        assertThat(tally.get("units")).isEqualTo(3L);
        assertThat(tally.get("paid")).isEqualTo(new BigDecimal("215.973000"));
        assertThat(counted(row(sent.get(2)))).isEqualTo("fixes.email_cleaned 1");
    }

    @Test
    void mapperSendsARejectedLineWithItsReasons() throws IOException {
        String line = SALE.replace(",3,79.99,", ",0,-1,");

        List<Pair<ShuffleKey, BytesWritable>> sent = map(line);

        assertThat(sent)
                .extracting(pair -> table(pair).name(), pair -> pair.getFirst().group())
                .startsWith(tuple("rejected_rows", "2024-07-04"));
        Row rejected = row(sent.get(0));
        assertThat(rejected.get("raw_line")).isEqualTo(line);
        assertThat(rejected.get("line_number")).isEqualTo(2L);
        assertThat((List<?>) rejected.get("rule_codes")).hasSize(2);
        assertThat(sent.subList(1, sent.size()))
                .extracting(pair -> counted(row(pair)))
                .containsExactly(
                        "READ 1",
                        "REJECTED 1",
                        "rejections.units_out_of_range 1",
                        "rejections.unit_price_out_of_range 1");
    }

    @Test
    void mapperHoldsASaleWhoseAgentIsNotKnown() throws IOException {
        List<Pair<ShuffleKey, BytesWritable>> sent = map(SALE.replace(",1,2,22,", ",9,2,22,"));

        assertThat(sent).extracting(pair -> table(pair).name()).startsWith("waiting_rows");
        assertThat(sent.subList(1, sent.size()))
                .extracting(pair -> counted(row(pair)))
                .containsExactly("READ 1", "WAITING 1", "waiting.sales_agent_unknown 1");
    }

    @Test
    void reducerLoadsASaleOnceWithItsKeyAndWhatItShows() throws IOException {
        Pair<ShuffleKey, BytesWritable> sale = map(SALE).get(0);

        List<Pair<Text, Row>> written = ReduceDriver.newReduceDriver(new LoadReducer())
                .withConfiguration(conf)
                .withInput(sale.getFirst(), List.of(sale.getSecond(), sale.getSecond()))
                .run();

        assertThat(written)
                .extracting(
                        pair -> pair.getFirst().toString(),
                        pair -> pair.getSecond().table().name())
                .startsWith(tuple("1", "sales_delta"), tuple("1", "transaction_keys"))
                .contains(tuple("", "customer_dim_observations"), tuple("", "product_dim_observations"))
                .endsWith(tuple("", "file_tallies"));
        Row loaded = written.get(0).getSecond();
        assertThat(loaded.get("transaction_date")).isEqualTo("2023-05-20");
        assertThat(loaded.get("offer")).isEqualTo(2);
        assertThat(loaded.get("total_paid_price")).isEqualTo(new BigDecimal("215.973000"));
        assertThat(loaded.get("source_group")).isEqualTo("2024-07-04-10/group1");
        assertThat(written.subList(written.size() - 2, written.size()))
                .extracting(pair -> counted(pair.getSecond()))
                .containsExactly("LOADED 1", "DUPLICATE 1");
    }

    @Test
    void mapperNamesAFileThatEndsBeforeTheSplitWhoseLinesItCounts() throws IOException {
        Files.createDirectories(dir.resolve("raw/group1"));
        Files.writeString(dir.resolve("raw/group1/s.csv"), "too short\n");

        assertThatThrownBy(() -> map("no sale", 100))
                .hasMessageContaining("raw/group1/s.csv: it ends before byte 100 (raw files never change)");
    }

    @Test
    void mapperNumbersTheLinesOfALaterSplitFromTheFilesBeginning() throws IOException {
        Files.createDirectories(dir.resolve("raw/group1"));
        Files.writeString(dir.resolve("raw/group1/s.csv"), "header\nfirst\nsecond\nthird\n");

        assertThat(row(map("third", "header\nfi".length()).get(0)).get("line_number"))
                .isEqualTo(4L);
    }

    private List<Pair<ShuffleKey, BytesWritable>> map(String line) throws IOException {
        return map(line, 0);
    }

    /** Runs the mapper over one line; values are copied, since the mapper uses one object for all. Measures are left out. */
    private List<Pair<ShuffleKey, BytesWritable>> map(String line, long splitStart) throws IOException {
        org.apache.hadoop.fs.Path file =
                new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(dir.toUri()), "raw/group1/s.csv");
        Mapper<Object, Object, ShuffleKey, BytesWritable> mapper = new LineMapper();
        List<Pair<ShuffleKey, BytesWritable>> sent = new ArrayList<>(MapDriver.newMapDriver(mapper)
                .withConfiguration(conf)
                .withInput(new Line(file, 300, splitStart, 2, false), new RecordText(line, true))
                .run());
        sent.removeIf(pair -> table(pair).equals(JobTables.COLUMN_MEASURES));
        return sent;
    }

    private static Row row(Pair<ShuffleKey, BytesWritable> pair) throws IOException {
        return JobTables.of(FeedCatalog.bundled()).row(pair.getSecond());
    }

    private static String counted(Row tally) {
        return tally.text("count") + " " + tally.get("lines");
    }

    private static Table table(Pair<ShuffleKey, BytesWritable> pair) {
        return JobTables.of(FeedCatalog.bundled()).at(pair.getFirst().table());
    }
}
