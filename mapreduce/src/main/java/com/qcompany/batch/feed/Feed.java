package com.qcompany.batch.feed;

import com.qcompany.batch.feed.RowSteps.RowStep;
import com.qcompany.warehouse.schema.Column;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One kind of source file as its contract declares it: how its name looks, its columns, what is derived, which rules
 * hold, and which tables it fills. A contract that does not add up is refused when it is read, or where an expression is
 * wrong when the first parser is made, for the expressions' engine takes longer to start than all else.
 */
public final class Feed {

    private final Contract contract;
    private final String origin;
    private final Pattern fileName;
    private final FeedFields fields;
    private final List<OutputMapping> mappings;
    private final List<MeasuredColumn> measured;

    Feed(Contract contract, String origin) {
        this.contract = contract;
        this.origin = origin;
        this.fileName =
                Pattern.compile(contract.body().customProperties().filePattern().pattern(), Pattern.CASE_INSENSITIVE);
        this.fields = new FeedFields(contract.body());
        this.mappings = contract.body().customProperties().outputs().stream()
                .map(output -> new OutputMapping(fields, output))
                .toList();
        columns().forEach(FeedColumn::requireReferences);
        this.measured = Stream.concat(
                        Stream.of(MeasuredColumn.whole(contract.body().expectations())),
                        columns().stream().map(column -> MeasuredColumn.of(column, fields.indexOf(column.name()))))
                .toList();
        readers(Clock.systemUTC());
    }

    /**
     * Reads a contract.
     *
     * @param origin where it comes from, for messages
     * @throws IllegalArgumentException naming the origin, and line and key where they are known, for an unknown or
     *     repeated key, a reference to a column that is not declared, or an output that does not fit its table
     */
    public static Feed read(InputStream in, String origin) throws IOException {
        try {
            return new Feed(Contract.read(in), origin);
        } catch (IllegalArgumentException e) {
            throw cannotLoad(origin, e);
        }
    }

    private static IllegalArgumentException cannotLoad(String origin, IllegalArgumentException reason) {
        return new IllegalArgumentException(
                "Cannot load feed from %s: %s".formatted(origin, reason.getMessage()), reason);
    }

    /** Name, snake_case. */
    public String name() {
        return contract.name();
    }

    /** Version of its contract. */
    public String version() {
        return contract.version();
    }

    /** Whether a file of that name belongs to it. */
    public boolean hasFile(String name) {
        return fileName.matcher(name).matches();
    }

    /** The values of an accepted record, in order: the columns, their parts, then what is derived. */
    public List<Column> fields() {
        return fields.all();
    }

    /** Index of a field in an accepted record's values. */
    public int indexOf(String field) {
        return fields.indexOf(field);
    }

    /** The mapping of each output, in order. */
    public List<OutputMapping> mappings() {
        return mappings;
    }

    /** Whether its records are sales. */
    public boolean bringsSales() {
        return mappings.stream().anyMatch(OutputMapping::isOfSales);
    }

    /** What a load measures: whole records, then each column. */
    public List<MeasuredColumn> measured() {
        return measured;
    }

    /** The measured column of that name. */
    public MeasuredColumn measured(String column) {
        return measured.stream()
                .filter(each -> each.name().equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot find column %s of %s (it is not measured)".formatted(column, name())));
    }

    /** What becomes of a sale that comes back with other values. */
    public Corrections corrections() {
        return contract.body().customProperties().corrections();
    }

    /** The mapping by whose key records belong together: that of the sales, or else the first. */
    public OutputMapping mainMapping() {
        return mappings.stream().filter(OutputMapping::isOfSales).findFirst().orElseGet(() -> mappings.get(0));
    }

    /** The columns of its files, in their usual order. */
    List<FeedColumn> columns() {
        return contract.body().properties();
    }

    /** A new reader for each column. */
    List<ColumnReader> readers(Clock clock) {
        Set<String> placeholders = contract.body().customProperties().placeholders();
        return columns().stream()
                .map(column -> new ColumnReader(column, fields.indexOf(column.name()), placeholders, clock))
                .toList();
    }

    /** New steps across fields, in order. */
    List<RowStep> steps(BiPredicate<String, Object> keys) {
        try {
            return new RowSteps(fields).of(contract.body(), keys);
        } catch (IllegalArgumentException e) {
            throw cannotLoad(origin, e);
        }
    }
}
