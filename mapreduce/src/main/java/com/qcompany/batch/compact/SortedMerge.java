package com.qcompany.batch.compact;

import com.qcompany.batch.compact.CompactionPlan.SourceFile;
import com.qcompany.warehouse.parquet.KeyOrder;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.parquet.RowGroupFile;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Progressable;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.OutputFile;
import org.jspecify.annotations.Nullable;

/** Merges runs sorted by a table's key into one file that is. Memory: one row group a run, however many rows there are. */
final class SortedMerge {

    private static final int ROWS_PER_PROGRESS = 10_000;

    private final Table table;
    private final KeyOrder order;
    private final Configuration conf;
    private final Progressable progress;

    /** @param progress told now and then that the merge is alive */
    SortedMerge(Table table, Configuration conf, Progressable progress) {
        this.table = table;
        this.order = new KeyOrder(table);
        this.conf = conf;
        this.progress = progress;
    }

    /**
     * Merges all rows of some files.
     *
     * @return rows written, as many as were read
     * @throws IOException if a key comes twice, naming both files, or a run is not sorted
     */
    long merge(List<SourceFile> files, Path target) throws IOException {
        try (OpenRuns open = OpenRuns.open(table, files, conf)) {
            return merge(open.runs(), HadoopOutputFile.fromPath(target, conf));
        }
    }

    /** The same for some runs of files that are open. */
    long merge(List<Run> runs, OutputFile target) throws IOException {
        Sources sources = new Sources(runs);
        try (ParquetWriter<Row> writer =
                ParquetRows.writer(table, target, CompressionCodecName.SNAPPY, ParquetRows.ROW_GROUP_BYTES, conf)) {
            long rows = 0;
            Head last = null;
            for (Head head = sources.next(); head != null; head = sources.next()) {
                requireAscending(last, head);
                writer.write(head.row());
                last = head;
                rows++;
                if (rows % ROWS_PER_PROGRESS == 0) {
                    progress.progress();
                }
            }
            return rows;
        }
    }

    private void requireAscending(@Nullable Head last, Head head) throws IOException {
        int toLast = last == null ? 1 : order.compare(head.row(), last.row());
        if (last != null && toLast == 0) {
            throw new IOException("Cannot merge files of %s: %s %s is in %s and in %s (a key is published once)"
                    .formatted(table.name(), table.primaryKey(), order.key(head.row()), last.file(), head.file()));
        }
        if (last != null && toLast < 0) {
            throw new IOException("Cannot merge %s: %s comes after %s (files are sorted by %s)"
                    .formatted(head.file(), order.key(head.row()), order.key(last.row()), table.primaryKey()));
        }
    }

    /** The next row of a run. */
    private record Head(Row row, RowGroupFile file, RowGroupFile.Rows rest) {}

    /** The runs, the one with the lowest next key first. */
    private final class Sources {

        private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::row, order));
        private @Nullable Head taken;

        Sources(List<Run> runs) throws IOException {
            for (Run run : runs) {
                Head head = read(run.file(), run.read());
                if (head != null) {
                    heads.add(head);
                }
            }
        }

        /** The row with the lowest key, valid until the next call; null at the end. */
        @Nullable
        Head next() throws IOException {
            Head following = taken == null ? null : read(taken.file(), taken.rest());
            Head least = heads.peek();
            if (following != null && (least == null || order.compare(following.row(), least.row()) < 0)) {
                // Most rows come from one run, the one that the last compaction made.
                taken = following;
            } else {
                if (following != null) {
                    heads.add(following);
                }
                taken = heads.poll();
            }
            return taken;
        }

        private @Nullable Head read(RowGroupFile file, RowGroupFile.Rows rows) throws IOException {
            Row row = rows.next();
            return row == null ? null : new Head(row, file, rows);
        }
    }
}
