package com.qcompany.batch.compact;

import com.qcompany.warehouse.Row;
import com.qcompany.warehouse.Table;
import com.qcompany.warehouse.Utf8Order;
import java.util.List;

/**
 * The key of a row, ordered as the rows of a sorted file are.
 *
 * @param values texts of the key columns
 */
record RowKey(List<String> values) implements Comparable<RowKey> {

    /** The key of a row of a table all of whose key columns are texts. */
    static RowKey of(Table table, Row row) {
        return new RowKey(table.primaryKey().stream().map(row::text).toList());
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
