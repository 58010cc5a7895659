package com.qcompany.batch.feed;

import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.RowSteps.RowStep;
import com.qcompany.warehouse.schema.Column;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of one file into outcomes: takes them apart, cleans and checks each column, derives, and applies the
 * rules across columns. Every broken rule is reported, but none that reads a value which is itself broken.
 *
 * <p>A record may end before trailing columns that may be missing (counted as {@code trailing_columns_left_out}) and
 * have empty fields behind the last column (counted as {@code trailing_commas}). Depends on nothing but the record, the
 * header, the known keys and the day, so a rerun gives the same. Not thread-safe.
 */
public final class FeedParser {

    private final FeedHeader header;
    private final List<Column> fields;
    private final List<ColumnReader> readers;
    private final int[] added;
    private final int[] positions;
    private final int fewestFields;
    private final List<RowStep> steps;
    private final Map<String, Long> fixes = new HashMap<>();

    /** A parser for which {@code today} is the day in UTC. */
    public FeedParser(FeedHeader header, BiPredicate<String, Object> keys) {
        this(header, keys, Clock.systemUTC());
    }

    /**
     * A parser of files with a header. The keys tell whether a table has a row of a key, which is of the class of the
     * table's key column; the clock tells what {@code today} means in a range of dates.
     */
    public FeedParser(FeedHeader header, BiPredicate<String, Object> keys, Clock clock) {
        this.header = header;
        this.fields = header.feed().fields();
        this.readers = header.feed().readers(clock);
        this.added = AddedColumns.added(header.feed()).stream()
                .mapToInt(column -> header.feed().indexOf(column.name()))
                .toArray();
        this.positions = readers.stream()
                .mapToInt(reader -> header.position(reader.field()))
                .toArray();
        this.fewestFields = header.fewestFields();
        this.steps = header.feed().steps(keys);
    }

    /** Calls the consumer with each fix of accepted records and its count, and starts again from 0. */
    public void drainFixes(ObjLongConsumer<String> consumer) {
        fixes.forEach(consumer::accept);
        fixes.clear();
    }

    /** Parses the current record of a reader. */
    public Outcome parse(CsvRecordReader records) {
        return records.truncated() ? RecordFault.TOO_LONG.rejected() : parse(records.text());
    }

    /** Parses a decoded record. */
    public Outcome parse(RecordText record) {
        return record.utf8() ? parse(record.text()) : RecordFault.NOT_UTF8.rejected();
    }

    /** Parses the text of one record, without its line end. */
    public Outcome parse(String record) {
        return new RecordText(record, true).fields().map(this::judge).orElseGet(RecordFault.MALFORMED::rejected);
    }

    /** The value of one field, whatever is wrong with others and whatever rules it breaks; null where there is none. */
    public @Nullable Object read(int field, RecordText record) {
        return read(field, record.fields().orElse(List.of())).readable(field);
    }

    /** A record of which one field is read. */
    RowDraft read(int field, List<String> received) {
        RowDraft row = new RowDraft(header, fields, received);
        int position = header.position(field);
        if (position >= 0 && position < received.size()) {
            readers.get(field).read(received.get(position), row);
        }
        return row;
    }

    private Outcome judge(List<String> received) {
        int count = received.size();
        if (count > header.size() && !isBlank(received, header.size())) {
            return RecordFault.TOO_MANY_FIELDS.rejected(count);
        }
        if (count < fewestFields) {
            return RecordFault.TOO_FEW_FIELDS.rejected(count);
        }
        RowDraft row = new RowDraft(header, fields, received);
        readColumns(received, row);
        for (RowStep step : steps) {
            step.apply(row);
        }
        Outcome outcome = row.outcome(extras(received, row));
        if (outcome instanceof Accepted) {
            row.fixes().forEach(code -> fixes.merge(code, 1L, Long::sum));
        }
        return outcome;
    }

    private void readColumns(List<String> received, RowDraft row) {
        for (int i = 0; i < positions.length; i++) {
            int position = positions[i];
            if (position >= 0 && position < received.size()) {
                readers.get(i).read(received.get(position), row);
            } else {
                readers.get(i).readNothing(row);
            }
        }
        if (received.size() < header.named()) {
            row.fixed("trailing_columns_left_out");
        }
        if (received.size() > header.named() && isBlank(received, header.named())) {
            row.fixed("trailing_commas");
        }
    }

    private static boolean isBlank(List<String> received, int from) {
        return received.subList(from, received.size()).stream().allMatch(String::isBlank);
    }

    private Map<String, String> extras(List<String> received, RowDraft row) {
        Map<String, String> found = new LinkedHashMap<>();
        for (int position = 0; position < Math.min(received.size(), header.size()); position++) {
            if (header.field(position) == FeedHeader.EXTRA
                    && !received.get(position).isEmpty()) {
                found.put(header.name(position), received.get(position));
            }
        }
        for (int field : added) {
            Object value = row.values()[field];
            if (value != null) {
                found.put(
                        fields.get(field).name(),
                        value instanceof BigDecimal number ? number.toPlainString() : value.toString());
            }
        }
        return found;
    }
}
