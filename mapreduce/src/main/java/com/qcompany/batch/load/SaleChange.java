package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a sale changes of one that was loaded before.
 *
 * @param before the sale that was loaded
 * @param after the other one
 */
record SaleChange(Row before, Row after) {
    /** Rule that a sale breaks whose id is known with other values. */
    static final String CODE = "transaction_id_changed";

    private static final Set<String> SUPPLIED = Set.of("source_group", "source_hour", "run_id", "extras");

    /** Columns whose values differ. */
    List<String> columns() {
        return IntStream.range(0, StarSchema.SALES_TRANSACTIONS_FACT.columns().size())
                .filter(i -> !before.hasSame(i, after))
                .mapToObj(
                        i -> StarSchema.SALES_TRANSACTIONS_FACT.columns().get(i).name())
                .filter(column -> !SUPPLIED.contains(column))
                .toList();
    }

    /** The change in a sentence: each column with both values, and where the first came from. */
    String message() {
        return "Cannot load sale %s: it was loaded from %s with other values: %s (allowed: the same values)"
                .formatted(
                        after.get("transaction_id"),
                        before.get("source_group"),
                        columns().stream()
                                .map(column -> "%s %s, not %s"
                                        .formatted(column, shown(before.get(column)), shown(after.get(column))))
                                .collect(Collectors.joining("; ")));
    }

    private static String shown(@org.jspecify.annotations.Nullable Object value) {
        return Objects.toString(value, "nothing");
    }
}
