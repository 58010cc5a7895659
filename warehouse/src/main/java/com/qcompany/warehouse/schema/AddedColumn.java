package com.qcompany.warehouse.schema;

import java.util.List;

/**
 * A column of the sales or of a dimension beside those of the star schema, which a contract added. Its values are texts in
 * {@code extras}, those of rows from before it was added too; the views show it, and no file is written for it.
 *
 * @param table the table of which it is one
 * @param type Hive type; a text that is none is null in the column
 * @param keys its names in {@code extras}; the first that a row has counts
 */
public record AddedColumn(String table, String name, String type, List<String> keys) {

    public AddedColumn {
        table = table == null ? StarSchema.SALES_TRANSACTIONS_FACT.name() : table; // not in older files
        keys = List.copyOf(keys);
    }

    /** Those of a table. */
    public static List<AddedColumn> of(Table table, List<AddedColumn> columns) {
        return columns.stream()
                .filter(column -> column.table().equals(table.name()))
                .toList();
    }

    /** As the views have it. */
    public Column column() {
        return new Column(name, ColumnType.parse(type), true, "Added by a contract; read from extras", true);
    }
}
