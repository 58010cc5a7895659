package com.qcompany.batch.job;

import com.qcompany.warehouse.schema.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** What the path of a file says of its rows: {@code …/TABLE/[…/column=value/][v-N/]FILE}. */
record RowFile(Table table, List<String> partition) {
    /** Reads a path, of which one directory is named for a table. */
    static RowFile of(Path path) {
        List<String> values = new ArrayList<>();
        for (Path directory = path.getParent(); directory != null; directory = directory.getParent()) {
            String name = directory.getName();
            int equals = name.indexOf('=');
            if (equals > 0) {
                values.add(name.substring(equals + 1));
            } else if (JobTables.COMMON.has(name)) {
                Collections.reverse(values);
                return new RowFile(JobTables.COMMON.table(name), List.copyOf(values));
            }
        }
        throw new IllegalArgumentException("Cannot tell the table of %s (expected …/TABLE/…)".formatted(path));
    }
}
