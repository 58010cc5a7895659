package com.qcompany.batch.feed;

import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.batch.feed.RowDraft.Breach;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of one file into outcomes: takes them apart, cleans and checks each column, derives, and applies the
 * rules across columns. Every broken rule is reported, but none that reads a value which is itself broken.
 *
 * <p>A record may end before trailing optional columns (counted as the fix {@code trailing_columns_left_out}). Depends
 * on nothing but the record, the header and the known keys, so a rerun gives the same. Not thread-safe.
 */
public final class FeedParser {

    /** Longest part of a value that a message repeats, in characters. */
    private static final int LONGEST_QUOTE = 200;

    private final FeedHeader header;
    private final FixCounts fixes = new FixCounts();
    private final int leftOut = fixes.number("trailing_columns_left_out");
    private final CsvFields fields = new CsvFields();
    private final RowDraft row;
    private final @Nullable ColumnReader[] readers;
    private final ColumnReader[] notInHeader;
    private final int[] extras;
    private final RowStep[] steps;
    private final List<FeedField> names;

    /**
     * @param header header of the file
     * @param keys keys that rules of the kind {@code exists} look up
     */
    public FeedParser(FeedHeader header, KnownKeys keys) {
        this.header = header;
        Feed feed = header.feed();
        List<FeedColumn> columns = feed.columns();
        ColumnReader[] byField = IntStream.range(0, columns.size())
                .mapToObj(field -> new ColumnReader(columns.get(field), field, fixes))
                .toArray(ColumnReader[]::new);
        this.readers = new @Nullable ColumnReader[header.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = header.field(i) == FeedHeader.EXTRA ? null : byField[header.field(i)];
        }
        this.notInHeader = IntStream.range(0, columns.size())
                .filter(field -> header.position(field) < 0)
                .mapToObj(field -> byField[field])
                .toArray(ColumnReader[]::new);
        this.extras = IntStream.range(0, header.size())
                .filter(i -> header.field(i) == FeedHeader.EXTRA)
                .toArray();
        this.names = feed.fields();
        this.row = new RowDraft(names.size(), fixes);
        this.steps = steps(feed, keys);
    }

    /** What was mended in accepted records since it was last drained. */
    public FixCounts fixes() {
        return fixes;
    }

    /** Parses the current record of a reader. */
    public Outcome parse(CsvRecordReader records) {
        if (records.truncated()) {
            return Rejected.of(RecordFault.TOO_LONG);
        }
        return parse(RecordText.decode(records.buffer(), records.start(), records.length()));
    }

    /** Parses a decoded record. */
    public Outcome parse(RecordText record) {
        return record.utf8() ? parse(record.text()) : Rejected.of(RecordFault.NOT_UTF8);
    }

    /** Parses the text of one record, without its line end. */
    public Outcome parse(String record) {
        return fields.split(record) ? judge() : Rejected.of(RecordFault.MALFORMED);
    }

    /** Parses a record that commons-csv has taken apart. */
    public Outcome parse(CSVRecord record) {
        fields.take(record);
        return judge();
    }

    private Outcome judge() {
        int count = fields.count();
        if (count > header.size()) {
            return Rejected.of(RecordFault.TOO_MANY_FIELDS);
        }
        if (count < header.fewestFields()) {
            return Rejected.of(RecordFault.TOO_FEW_FIELDS);
        }
        row.begin();
        readColumns(count);
        for (RowStep step : steps) {
            step.apply(row);
        }
        if (!row.breaches().isEmpty()) {
            return rejected();
        }
        fixes.count();
        return new Accepted(row.values(), extras(count));
    }

    private void readColumns(int count) {
        for (int i = 0; i < count; i++) {
            ColumnReader reader = readers[i];
            if (reader != null) {
                reader.read(fields.text(i), fields.start(i), fields.end(i), row);
            }
        }
        for (int i = count; i < readers.length; i++) {
            ColumnReader reader = readers[i];
            if (reader != null) {
                reader.readNothing(row);
            }
        }
        for (ColumnReader reader : notInHeader) {
            reader.readNothing(row);
        }
        if (count < readers.length) {
            row.fixed(leftOut);
        }
    }

    private Map<String, String> extras(int count) {
        Map<String, String> found = null;
        for (int position : extras) {
            if (position < count && fields.end(position) > fields.start(position)) {
                found = found == null ? new LinkedHashMap<>() : found;
                found.put(header.name(position), fields.field(position));
            }
        }
        return found == null ? Map.of() : Collections.unmodifiableMap(found);
    }

    private Rejected rejected() {
        List<Breach> breaches = row.breaches();
        int first = breaches.get(0).field();
        return new Rejected(
                breaches.stream().map(Breach::code).toList(),
                names.get(first).name(),
                received(first),
                breaches.stream().map(this::message).collect(Collectors.joining("; ")));
    }

    private String message(Breach breach) {
        String value = received(breach.field());
        return "Cannot accept %s: %s (allowed: %s)"
                .formatted(
                        names.get(breach.field()).name(),
                        value == null ? "nothing" : value.substring(0, Math.min(value.length(), LONGEST_QUOTE)),
                        breach.allowed());
    }

    /** Text of a field as received; null where the record does not have it or it is derived. */
    private @Nullable String received(int field) {
        int position = header.position(field);
        return position < 0 || position >= fields.count() ? null : fields.field(position);
    }

    private RowStep[] steps(Feed feed, KnownKeys keys) {
        FeedFields resolved = feed.resolved();
        List<RowStep> compiled = new ArrayList<>();
        for (Derivation derivation : feed.derived()) {
            int[] writes = derivation.writes().stream()
                    .mapToInt(field -> resolved.indexOf(field.name()))
                    .toArray();
            compiled.add(
                    unlessSpoilt(derivation.compile(resolved, fixes), resolved.indexesOf(derivation.reads()), writes));
        }
        for (FeedRule rule : feed.rules()) {
            compiled.add(unlessSpoilt(rule.compile(resolved, keys), resolved.indexesOf(rule.reads()), new int[0]));
        }
        return compiled.toArray(RowStep[]::new);
    }

    /** A step that is applied only to sound values; what it would have written is then spoilt too. */
    private static RowStep unlessSpoilt(RowStep step, int[] reads, int[] writes) {
        return row -> {
            if (row.anySpoilt(reads)) {
                row.spread(writes);
            } else {
                step.apply(row);
            }
        };
    }
}
