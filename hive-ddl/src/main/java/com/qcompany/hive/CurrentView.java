package com.qcompany.hive;

import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.Table;
import java.util.List;

/** The view {@code DIMENSION_current}: the version in force of each row of a dimension. */
final class CurrentView {

    private CurrentView() {}

    /** The statement, with the variable {@code db} and without a semicolon; added columns come last. */
    static String statement(Table dimension, List<AddedColumn> added) {
        List<Column> columns = dimension.columns().stream()
                .filter(column -> !column.name().equals(Dimension.VALID_TO)
                        && !column.name().equals(Dimension.IS_CURRENT))
                .toList();
        List<AddedColumn> own = AddedColumn.of(dimension, added);
        return FactView.view(
                dimension.name() + "_current",
                "The version in force of each row of " + dimension.name(),
                FactView.withAdded(columns, own),
                "%s\nWHERE `%s`".formatted(FactView.select(dimension.name(), columns, own), Dimension.IS_CURRENT));
    }
}
