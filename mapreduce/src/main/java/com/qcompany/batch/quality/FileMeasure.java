package com.qcompany.batch.quality;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.MeasuredColumn;
import com.qcompany.batch.feed.Outcome;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.batch.feed.Outcome.Waiting;
import com.qcompany.warehouse.parquet.Row;
import java.util.ArrayList;
import java.util.List;

/** Measures the records of a file, or of the part of it that a task reads. Not thread-safe. */
public final class FileMeasure {
    private final int file;
    private final ColumnMeasure whole;
    private final int[] fields;
    private final ColumnMeasure[] columns;

    /** @param file its index among the files of the load */
    public FileMeasure(int file, Feed feed) {
        this.file = file;
        this.whole = new ColumnMeasure(feed.measured(MeasuredColumn.WHOLE));
        List<MeasuredColumn> measured =
                feed.measured().stream().filter(column -> !column.isWhole()).toList();
        this.fields = measured.stream().mapToInt(MeasuredColumn::field).toArray();
        this.columns = measured.stream().map(ColumnMeasure::new).toArray(ColumnMeasure[]::new);
    }

    /** Adds what became of a record. */
    public void add(Outcome outcome) {
        whole.addRecord();
        if (outcome instanceof Accepted accepted) {
            for (int i = 0; i < fields.length; i++) {
                columns[i].add(accepted.values()[fields[i]]);
            }
        } else if (outcome instanceof Rejected rejected) {
            addBroken(rejected);
        } else if (outcome instanceof Waiting waiting) {
            addBroken(waiting.reason());
        }
    }

    private void addBroken(Rejected reason) {
        for (ColumnMeasure column : columns) {
            column.addBroken(reason.codes());
        }
    }

    /** A row of {@code column_measures} a column. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>(List.of(whole.row(file)));
        for (ColumnMeasure column : columns) {
            rows.add(column.row(file));
        }
        return rows;
    }
}
