package com.qcompany.hive;

import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.Table;
import java.util.List;

/** The view {@code DIMENSION_current}: the version in force of each row of a dimension. */
final class CurrentView {

    private CurrentView() {}

    static String statement(Table dimension) {
        List<Column> columns = dimension.columns().stream()
                .filter(column -> !column.name().equals(Dimension.VALID_TO)
                        && !column.name().equals(Dimension.IS_CURRENT))
                .toList();
        return """
                CREATE OR REPLACE VIEW ${db}.%s_current (
                %s
                )
                COMMENT %s
                AS SELECT
                %s
                FROM ${db}.%s
                WHERE `%s`;
                """
                .formatted(
                        dimension.name(),
                        FactView.viewColumns(columns),
                        FactView.literal("The version in force of each row of " + dimension.name()),
                        FactView.selected(columns),
                        dimension.name(),
                        Dimension.IS_CURRENT);
    }
}
