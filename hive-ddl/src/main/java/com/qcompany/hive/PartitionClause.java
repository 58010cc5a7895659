package com.qcompany.hive;

import com.qcompany.warehouse.schema.Table;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code PARTITION (column='value', …)} of a statement. */
final class PartitionClause {

    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.-]+");

    private PartitionClause() {}

    /** The clause of all partitions; nothing for an unpartitioned table. */
    static String ofAll(Table table) {
        return table.partitionColumns().isEmpty()
                ? ""
                : table.partitionColumns().stream()
                        .map(column -> "`" + column.name() + "`")
                        .collect(Collectors.joining(", ", "PARTITION (", ")"));
    }

    /**
     * The clause of one partition.
     *
     * @throws IllegalArgumentException if a value has other characters than dates, hours and numbers have
     */
    static String of(Table table, List<String> values) {
        if (values.size() != table.partitionColumns().size()
                || !values.stream().allMatch(value -> VALUE.matcher(value).matches())) {
            throw new IllegalArgumentException(
                    "Cannot name a partition of %s: %s (expected %d values of letters, digits, dot, dash, underscore)"
                            .formatted(
                                    table.name(),
                                    values,
                                    table.partitionColumns().size()));
        }
        return IntStream.range(0, values.size())
                .mapToObj(i ->
                        "`%s`='%s'".formatted(table.partitionColumns().get(i).name(), values.get(i)))
                .collect(Collectors.joining(", ", "PARTITION (", ")"));
    }
}
