package com.qcompany.batch.merge;

import com.qcompany.batch.publish.Retention;
import com.qcompany.batch.publish.TestWarehouse;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.parquet.hadoop.ParquetReader;

/** A merge of sales as the plan of a real one says, without a job: fast enough for hundreds of them. */
final class PlainMerge {

    private static final Comparator<Row> BY_ID_AND_PUBLISH = Comparator.comparing(
                    (Row row) -> row.text("transaction_id"))
            .thenComparing(row -> row.require("added_in", Long.class));

    private PlainMerge() {}

    /** Stages what a merge of the current state would publish. */
    static void stage(TestWarehouse warehouse, Snapshot before, Retention retention, TestWarehouse.Run run)
            throws IOException {
        Snapshot oldest = retention.oldestInUse().orElse(Snapshot.empty());
        Set<String> touched = new HashSet<>();
        for (DataFile file : DataFile.of(before, warehouse.layout, StarSchema.SALES_DELTA)) {
            if (Long.parseLong(file.partition().get(0)) > before.mergedUpTo()) {
                rows(warehouse, file).forEach(row -> touched.add(row.text("transaction_date")));
            }
        }
        MergePlan plan = MergePlan.of(before, warehouse.layout, touched, oldest, LocalDate.of(2024, 5, 1), 400);
        Map<String, List<Row>> byDate = new TreeMap<>();
        for (DataFile file : plan.inputs()) {
            for (Row row : rows(warehouse, file)) {
                Row base = baseRow(row, file.partition().get(0));
                String date = base == row ? file.partition().get(0) : row.text("transaction_date");
                Object removedIn = base.get("removed_in");
                if (removedIn == null || (Long) removedIn > oldest.sequence()) {
                    byDate.computeIfAbsent(date, any -> new ArrayList<>()).add(base);
                }
            }
        }
        for (Map.Entry<String, List<Row>> date : byDate.entrySet()) {
            date.getValue().sort(BY_ID_AND_PUBLISH);
            run.base(date.getKey(), date.getValue());
        }
        plan.dropped().forEach(run::drop);
        run.merged();
    }

    private static Row baseRow(Row row, String addedIn) {
        if (row.table() == StarSchema.SALES_BASE) {
            return row;
        }
        Table base = StarSchema.SALES_BASE;
        Row copy = new Row(base).set("added_in", Long.valueOf(addedIn));
        base.columns().stream()
                .map(Column::name)
                .filter(column -> !column.equals("added_in"))
                .forEach(column -> copy.set(column, row.get(column)));
        return copy;
    }

    private static List<Row> rows(TestWarehouse warehouse, DataFile file) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (ParquetReader<Row> reader = ParquetRows.reader(file.table(), file.path(), warehouse.conf)) {
            for (Row row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
