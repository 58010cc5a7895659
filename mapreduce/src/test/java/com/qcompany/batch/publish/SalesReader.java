package com.qcompany.batch.publish;

import com.qcompany.batch.publish.MemoryCatalog.View;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;

/**
 * A query on the view of sales, as Hive does it: it reads the view, then finds the partitions, then lists their files,
 * then opens these. A test decides what happens in between.
 */
public final class SalesReader {

    private final TestWarehouse warehouse;
    private final View view;
    private final Map<Path, Table> directories = new LinkedHashMap<>();
    private final Map<Path, Table> files = new LinkedHashMap<>();

    /** Reads the view. */
    public SalesReader(TestWarehouse warehouse) {
        this.warehouse = warehouse;
        this.view = warehouse.catalog.view();
    }

    /** Last publish that the query sees. */
    public long published() {
        return view.published();
    }

    /** Finds the partitions that the view reads. */
    public SalesReader findPartitions() {
        warehouse
                .catalog
                .partitionsOf(StarSchema.SALES_BASE)
                .forEach((date, location) -> directories.put(new Path(location), StarSchema.SALES_BASE));
        warehouse.catalog.partitionsOf(StarSchema.SALES_DELTA).forEach((addedIn, location) -> {
            long number = Long.parseLong(addedIn);
            if (number > view.mergedUpTo() && number <= view.published()) {
                directories.put(new Path(location), StarSchema.SALES_DELTA);
            }
        });
        return this;
    }

    /** Lists the files of the partitions. */
    public SalesReader list() throws IOException {
        for (Map.Entry<Path, Table> directory : directories.entrySet()) {
            for (FileStatus file : warehouse.fs().listStatus(directory.getKey())) {
                if (!file.getPath().getName().startsWith(".")) {
                    files.put(file.getPath(), directory.getValue());
                }
            }
        }
        return this;
    }

    /** Opens the files; returns the sales that the view shows, each with {@code transaction_id} and {@code units}. */
    public List<Row> open() throws IOException {
        List<Row> shown = new ArrayList<>();
        for (Map.Entry<Path, Table> file : files.entrySet()) {
            try (ParquetReader<Row> reader = ParquetRows.reader(file.getValue(), file.getKey(), warehouse.conf)) {
                for (Row row = reader.read(); row != null; row = reader.read()) {
                    if (isShown(row)) {
                        shown.add(row);
                    }
                }
            }
        }
        return shown;
    }

    private boolean isShown(Row row) {
        Object removedIn = row.get("removed_in");
        return (removedIn == null || (Long) removedIn > view.published())
                && (row.table() == StarSchema.SALES_DELTA || row.require("added_in", Long.class) <= view.mergedUpTo());
    }
}
