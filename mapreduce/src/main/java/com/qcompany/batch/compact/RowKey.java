package com.qcompany.batch.compact;

import com.qcompany.warehouse.Row;
import com.qcompany.warehouse.Utf8Order;
import java.util.List;
import java.util.Objects;

/**
 * The key of a row, ordered as the rows of a sorted file are.
 *
 * @param values texts of the key columns
 */
record RowKey(List<String> values) implements Comparable<RowKey> {

    /** The key of a row, from its key columns, all of which are texts. */
    static RowKey of(Row row, int[] keyColumns) {
        String[] values = new String[keyColumns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (String) Objects.requireNonNull(row.get(keyColumns[i]));
        }
        return new RowKey(List.of(values));
    }

    @Override
    public int compareTo(RowKey other) {
        for (int i = 0; i < values.size(); i++) {
            int byValue = Utf8Order.compare(values.get(i), other.values.get(i));
            if (byValue != 0) {
                return byValue;
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return String.join("/", values);
    }
}
