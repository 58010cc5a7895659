package com.qcompany.batch.feed;

import static com.qcompany.warehouse.contract.KeyException.naming;

import com.qcompany.batch.feed.RowSteps.RowStep;
import com.qcompany.warehouse.contract.ContractText;
import com.qcompany.warehouse.contract.DataContract;
import com.qcompany.warehouse.schema.Column;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One kind of source file as its contract declares it: how its name looks, its columns, what is derived, which rules
 * hold, and which tables it fills. A contract that does not add up is refused when it is read, or where an expression is
 * wrong when the first parser is made, for the expressions' engine takes longer to start than all else.
 */
public final class Feed {

    private final DataContract<Contract.Body> contract;
    private final ContractText text;
    private final FeedFields fields;
    private final List<OutputMapping> mappings;
    private final SortedMap<String, Limit> ruleLimits;
    private final List<MeasuredColumn> measured;

    private Feed(DataContract<Contract.Body> contract, ContractText text) {
        this.contract = contract;
        this.text = text;
        this.fields = new FeedFields(contract.body());
        this.ruleLimits = ruleLimits(contract.body());
        this.mappings = contract.body().customProperties().outputs().stream()
                .map(output -> naming("outputs", output.table(), () -> new OutputMapping(fields, output)))
                .toList();
        columns()
                .forEach(column -> naming("properties", column.name(), () -> {
                    column.requireReferences();
                    return reader(column, Clock.systemUTC());
                }));
        this.measured = Stream.concat(
                        Stream.of(MeasuredColumn.whole(contract.body().expectations())),
                        columns().stream().map(column -> MeasuredColumn.of(column, fields.indexOf(column.name()))))
                .toList();
        AddedColumns.check(this);
    }

    /**
     * Reads a contract.
     *
     * @throws IllegalArgumentException naming the origin, and line and key where they are known, for an unknown or
     *     repeated key, a reference to a column that is not declared, or an output that does not fit its table
     */
    public static Feed read(ContractText text) {
        try {
            return new Feed(DataContract.read(text, Contract.Body.class), text);
        } catch (IllegalArgumentException e) {
            throw text.cannotUse(e);
        }
    }

    /** Name, snake_case. */
    public String name() {
        return contract.name();
    }

    /** Version of its contract. */
    public String version() {
        return contract.version();
    }

    /** Its contract as it is written. */
    public ContractText text() {
        return text;
    }

    /** Whether a group may come without a file of it. */
    public boolean mayBeMissing() {
        return contract.body().customProperties().mayBeMissing();
    }

    /** Whether a file of that name belongs to it. */
    public boolean hasFile(String name) {
        Pattern pattern = contract.body().customProperties().filePattern();
        return pattern.matcher(name).matches();
    }

    /** The values of an accepted record, in order: the columns, their parts, then what is derived. */
    public List<Column> fields() {
        return fields.all();
    }

    /** Index of a field in an accepted record's values. */
    public int indexOf(String field) {
        return fields.indexOf(field);
    }

    /** Whether an accepted record has a value of that name. */
    boolean hasField(String name) {
        return fields.has(name);
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

    /**
     * Why a group refuses itself for a file of it: more lines are rejected, or break a rule, than the contract allows. A
     * sentence each; none where all lines may be rejected.
     *
     * @param lines lines of the file
     * @param rejected rejected ones among them
     * @param broken how many break the rule of a code
     * @param maxRejectedShare share of rejected sales that is allowed where the contract has no limit
     */
    public List<String> refusals(long lines, long rejected, ToLongFunction<String> broken, double maxRejectedShare) {
        List<String> reasons = new ArrayList<>();
        if (maxRejectedShare >= 1) {
            return reasons;
        }
        Limit limit = contract.body().customProperties().rejections();
        if (limit != null && limit.isExceededBy(rejected, lines)) {
            reasons.add("%d of %d lines of %s are rejected (at most %s, its contract)"
                    .formatted(rejected, lines, name(), limit));
        } else if (limit == null && bringsSales() && rejected > maxRejectedShare * lines) {
            reasons.add("%d of %d sales are rejected (at most %s of them, q.load.max-rejected-share)"
                    .formatted(rejected, lines, maxRejectedShare));
        }
        ruleLimits.forEach((code, most) -> {
            long found = broken.applyAsLong(code);
            if (most.isExceededBy(found, lines)) {
                reasons.add("%d of %d lines of %s break %s (at most %s, its contract)"
                        .formatted(found, lines, name(), code, most));
            }
        });
        return reasons;
    }

    DataContract<Contract.Body> contract() {
        return contract;
    }

    private static SortedMap<String, Limit> ruleLimits(Contract.Body body) {
        SortedMap<String, Limit> limits = new TreeMap<>();
        for (FeedColumn column : body.properties()) {
            Limit limit = Limit.of(
                    column.customProperties().severity(),
                    column.customProperties().limit());
            if (limit != null) {
                column.codes().forEach(code -> limits.put(code, limit));
            }
        }
        for (Contract.Rule rule : body.rules()) {
            Limit limit = rule.limit();
            if (limit != null) {
                limits.put(rule.name(), limit);
            }
        }
        return limits;
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
        return columns().stream().map(column -> reader(column, clock)).toList();
    }

    private ColumnReader reader(FeedColumn column, Clock clock) {
        Set<String> placeholders = contract.body().customProperties().placeholders();
        return new ColumnReader(column, fields.indexOf(column.name()), placeholders, clock);
    }

    /** New steps across fields, in order. */
    List<RowStep> steps(BiPredicate<String, Object> keys) {
        try {
            return new RowSteps(fields).of(contract.body(), keys);
        } catch (IllegalArgumentException e) {
            throw text.cannotUse(e);
        }
    }
}
