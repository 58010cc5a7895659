package com.qcompany.batch.compact;

import com.qcompany.batch.compact.CompactionPlan.SourceFile;
import com.qcompany.warehouse.parquet.RowGroupFile;
import com.qcompany.warehouse.schema.Table;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Files of a table, all open, and the runs that they hold. */
final class OpenRuns implements Closeable {

    private final List<RowGroupFile> files = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();

    static OpenRuns open(Table table, List<SourceFile> sources, Configuration conf) throws IOException {
        OpenRuns open = new OpenRuns();
        try {
            for (SourceFile source : sources) {
                RowGroupFile file = RowGroupFile.open(table, new Path(source.path()), source.bytes(), conf);
                open.files.add(file);
                open.runs.addAll(Run.of(file));
            }
            return open;
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    List<Run> runs() {
        return runs;
    }

    /** Bytes of all of them. */
    long bytes() {
        return files.stream().mapToLong(RowGroupFile::bytes).sum();
    }

    boolean haveDeclaredSchema() {
        return files.stream().allMatch(RowGroupFile::hasDeclaredSchema);
    }

    @Override
    public void close() throws IOException {
        for (RowGroupFile file : files) {
            file.close();
        }
    }
}
