package com.qcompany.batch.job;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.parquet.RowCodec;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.schema.Table.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.io.DataOutputBuffer;

/**
 * The tables whose rows jobs shuffle and write: those of the warehouse, some that exist only within a load, and after these,
 * in the shuffle only, those of the accepted records of feeds, before anything is decided about them.
 */
public final class JobTables {
    /** What became of a file's lines. */
    public static final Table FILE_TALLIES = Table.declare(
            Storage.VERSIONED_TABLE,
            """
        file_tallies: Within a load: what became of each file
        file    int            Index of the file in the plan
        count   string         What is counted, or kind and code of what was noted of lines
        lines   bigint         Lines that are this, or how often it was noted
        units   bigint         Sum of units of the accepted sales among them
        paid    decimal(38,6)  Sum of total_paid_price of the accepted sales among them\
        """);

    /** What was measured of a column of a file. */
    public static final Table COLUMN_MEASURES = Table.declare(
            Storage.VERSIONED_TABLE,
            """
            column_measures: Within a load: what was measured of a column of a file
            file              int      Index of the file in the plan
            column_name       string   Column of the feed; * for whole records
            present           bigint   Accepted values
            absent            bigint   Records without a value
            malformed         bigint   Values that do not match the pattern
            reference_misses  bigint   Records that wait for what the column refers to
            least             string?  Lowest number or date
            greatest          string?  Highest number or date
            sum               string?  Sum of the numbers
            distinct_sketch   string?  HLL sketch of the values
            quantiles_sketch  string?  KLL sketch of the numbers
            top_sketch        string?  Sketch of the most frequent values""");

    /** Published sales that a load removes, as another version of them stands. */
    public static final Table REMOVED_SALES = Table.declare(
            Storage.VERSIONED_TABLE,
            """
            removed_sales: Within a load: published sales that it removes
            transaction_id    string  The sale
            transaction_date  string  Its date
            added_in          bigint  Publish that added it""");

    /** Sales that are decided again, among the records of their feed. */
    public static final Table DECIDED_AGAIN = Table.declare(
            Storage.VERSIONED_TABLE,
            """
            decided_again: Within a retraction: sales that are decided again
            transaction_id  string  The sale
            source_group    string  The group whose line is not loaded any more""");

    /** Columns of observations and of feeds' rows that several classes name; see their comments below. */
    public static final String POSITION = "position";

    public static final String OVERWRITTEN_POSITION = "overwritten_position";
    public static final String GROUP_SEQUENCE = "group_sequence";
    public static final String SPLIT_LINE = "split_line";
    public static final String SPLIT_START = "split_start";
    public static final String RAW_LINE = "raw_line";

    /** Those of every job: without records of feeds. */
    public static final JobTables COMMON = new JobTables(Stream.of(
                    StarSchema.TABLES.stream(),
                    StarSchema.DIMENSION_DECLARATIONS.stream().map(JobTables::observationsOf),
                    Stream.of(FILE_TALLIES, COLUMN_MEASURES, REMOVED_SALES, DECIDED_AGAIN))
            .flatMap(tables -> tables)
            .toList());

    private final List<Table> tables;
    private final Map<String, Integer> places = new HashMap<>();

    private JobTables(List<Table> tables) {
        this.tables = tables;
        tables.forEach(table -> places.put(table.name(), places.size()));
    }

    /** Those of a job with the records of some feeds, a table a feed, in their order. */
    public static JobTables of(FeedCatalog feeds) {
        Stream<Table> ofFeeds = feeds.feeds().stream()
                .map(feed -> internal(
                        name(feed),
                        feed.fields(),
                        "extras  map<string,string>?  Undeclared fields",
                        "split_start  bigint  Where the split of its line starts in the file",
                        "split_line  bigint  Line number from there",
                        "raw_line  string?  The line, where it is not read from the file"));
        return new JobTables(Stream.concat(COMMON.tables.stream(), ofFeeds).toList());
    }

    public Table of(Feed feed) {
        return table(name(feed));
    }

    /** The row of an accepted record, of a table {@link #of a feed}, with the place of its line. */
    public static Row row(Table table, Accepted record, long splitStart, long splitLine) {
        Row row = new Row(table);
        int fields = record.values().length;
        for (int i = 0; i < fields; i++) {
            row.set(i, record.values()[i]);
        }
        row.set(fields, record.extras().isEmpty() ? null : record.extras());
        return row.set(fields + 1, splitStart).set(fields + 2, splitLine);
    }

    /** A row as the shuffle has it: the place of its table, then what {@link RowCodec} writes. */
    public BytesWritable bytes(Row row) throws IOException {
        DataOutputBuffer out = new DataOutputBuffer();
        out.writeByte(place(row.table()));
        RowCodec.write(row, out);
        return new BytesWritable(out.getData(), out.getLength());
    }

    /** The row that the shuffle brings; a new object for each. */
    public Row row(BytesWritable bytes) throws IOException {
        DataInputBuffer in = new DataInputBuffer();
        in.reset(bytes.getBytes(), bytes.getLength());
        return RowCodec.read(at(in.readByte()), in);
    }

    /** Place of a table in the shuffle. */
    public int place(Table table) {
        return place(table.name());
    }

    /** The table at a place in the shuffle. */
    public Table at(int place) {
        return tables.get(place);
    }

    private static String name(Feed feed) {
        return "feed_" + feed.name();
    }

    /** What loaded records show of a dimension's keys. */
    public static Table observations(Dimension dimension) {
        return COMMON.table(dimension.table().name() + "_observations");
    }

    public Table table(String name) {
        return at(place(name));
    }

    private int place(String name) {
        Integer place = places.get(name);
        if (place == null) {
            throw new IllegalArgumentException(
                    "Cannot find table %s (expected one of %s)".formatted(name, places.keySet()));
        }
        return place;
    }

    /** What the path of a file says of its rows: {@code …/TABLE/[…/column=value/][v-N/]FILE}. */
    static Partition partition(Path file) {
        List<String> values = new ArrayList<>();
        for (Path directory = file.getParent(); directory != null; directory = directory.getParent()) {
            String name = directory.getName();
            int equals = name.indexOf('=');
            if (equals > 0) {
                values.add(0, name.substring(equals + 1));
            } else if (COMMON.places.containsKey(name)) {
                return new Partition(COMMON.table(name), values);
            }
        }
        throw new IllegalArgumentException("Cannot tell the table of %s (expected …/TABLE/…)".formatted(file));
    }

    private static Table observationsOf(Dimension dimension) {
        List<String> shown = new ArrayList<>(List.of(dimension.key()));
        shown.addAll(dimension.describing());
        shown.addAll(dimension.overwritten());
        return internal(
                dimension.table().name() + "_observations",
                dimension.table().project(shown).columns(),
                "group_sequence  bigint  Ledger record of the group",
                "position  bigint  Where the last line begins that shows it",
                "overwritten_position  bigint  Where the last line begins that sets the overwritten columns; -1");
    }

    /** A table that exists only within a load. */
    private static Table internal(String name, List<Column> columns, String... more) {
        List<Column> all = Stream.concat(columns.stream(), Stream.of(more).map(Column::parse))
                .toList();
        return new Table(name, "Within a load", Storage.VERSIONED_TABLE, all, List.of(), List.of(), List.of());
    }
}
