package com.qcompany.batch.feed;

import static com.qcompany.warehouse.contract.KeyException.naming;

import com.qcompany.warehouse.schema.ColumnType.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of a feed as a load measures it.
 *
 * @param name its name; {@link #WHOLE} for whole records
 * @param field index of its value in an accepted record
 * @param kind type of its values
 * @param amount whether it is a number that is no identifier, so that it has a mean and quantiles
 * @param topValues whether its most frequent values may be kept: those of persons, and of identifiers, are not
 * @param pattern whether it has a pattern
 * @param references rule codes of what it refers to
 * @param expectations what is expected of its metrics
 */
public record MeasuredColumn(
        String name,
        int field,
        Kind kind,
        boolean amount,
        boolean topValues,
        boolean pattern,
        List<String> references,
        List<Expectation> expectations) {
    /** Name that stands for whole records. */
    public static final String WHOLE = "*";

    public static final String RECORDS = "records";
    public static final String COMPLETENESS = "completeness";
    public static final String DISTINCT = "distinct";
    public static final String MIN = "min";
    public static final String MAX = "max";
    public static final String MEAN = "mean";
    public static final String P05 = "p05";
    public static final String MEDIAN = "median";
    public static final String P95 = "p95";
    public static final String PATTERN_SHARE = "pattern_share";
    public static final String REFERENCE_MISSES = "reference_misses";

    public MeasuredColumn {
        references = List.copyOf(references);
        expectations = List.copyOf(expectations);
        List<String> measured = new ArrayList<>(numbers(name, amount, pattern, !references.isEmpty()));
        for (Expectation expectation : expectations) {
            naming(name.equals(WHOLE) ? "quality" : "properties", expectation.name(), () -> {
                String metric = expectation.measuredMetric();
                if (!measured.remove(metric)) {
                    throw new IllegalArgumentException(
                            "Cannot expect %s of %s (expected each of these once, and left are %s)"
                                    .formatted(metric, name, measured));
                }
                return metric;
            });
        }
    }

    /** Whole records. */
    static MeasuredColumn whole(List<Expectation> expectations) {
        return new MeasuredColumn(WHOLE, -1, Kind.TEXT, false, false, false, List.of(), expectations);
    }

    static MeasuredColumn of(FeedColumn column, int field) {
        Kind kind = column.columnType().kind();
        boolean identifier = column.customProperties().identifier() != null;
        return new MeasuredColumn(
                column.name(),
                field,
                kind,
                column.columnType().isNumber() && !identifier,
                kind != Kind.DECIMAL && !identifier && !column.isPersonal(),
                column.logicalTypeOptions().pattern() != null,
                column.relationships().stream()
                        .map(reference -> reference.customProperties().code())
                        .toList(),
                column.expectations());
    }

    /** Whether it stands for whole records. */
    public boolean isWhole() {
        return field < 0;
    }

    /** Code of the rule that it must have a value. */
    public String missingCode() {
        return name + "_missing";
    }

    /** Code of the rule of its pattern. */
    public String malformedCode() {
        return name + "_malformed";
    }

    private static List<String> numbers(String name, boolean amount, boolean pattern, boolean refers) {
        if (name.equals(WHOLE)) {
            return List.of(RECORDS);
        }
        List<String> metrics = new ArrayList<>(List.of(COMPLETENESS, DISTINCT));
        if (amount) {
            metrics.addAll(List.of(MIN, MAX, MEAN, P05, MEDIAN, P95));
        }
        if (pattern) {
            metrics.add(PATTERN_SHARE);
        }
        if (refers) {
            metrics.add(REFERENCE_MISSES);
        }
        return metrics;
    }
}
