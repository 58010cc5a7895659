package com.qcompany.warehouse.schema;

import java.util.List;

/**
 * A column of the sales beside those of the star schema, which a contract added. Its values are texts in {@code extras},
 * those of rows from before it was added too; the views show it, and no file is written for it.
 *
 * @param type Hive type; a text that is none is null in the column
 * @param keys its names in {@code extras}; the first that a row has counts
 */
public record AddedColumn(String name, String type, List<String> keys) {

    public AddedColumn {
        keys = List.copyOf(keys);
    }

    /** As the views have it. */
    public Column column() {
        return new Column(name, ColumnType.parse(type), true, "Added by a contract; read from extras", true);
    }
}
