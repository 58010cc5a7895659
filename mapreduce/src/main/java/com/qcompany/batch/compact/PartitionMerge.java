package com.qcompany.batch.compact;

import com.qcompany.batch.compact.CompactionPlan.PartitionFiles;
import com.qcompany.batch.compact.CompactionPlan.SourceFile;
import com.qcompany.warehouse.parquet.MemoryFile;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.RowGroupFile;
import com.qcompany.warehouse.parquet.RowGroupWriter;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Progressable;
import org.apache.parquet.hadoop.util.HadoopOutputFile;

/**
 * Makes one file of all files of a partition. Large runs are copied as they are, and the others merged by rows behind
 * them ({@link RunSelection}). All rows are merged where the partition holds more than a row group may, in as many
 * passes as memory asks for; files of earlier passes lie hidden beside the target until they are merged in turn.
 *
 * <p>A key that comes twice is found among the rows that are merged.
 */
final class PartitionMerge {

    private final MergePasses passes;
    private final Configuration conf;
    private final Progressable progress;

    /**
     * What a merge did.
     *
     * @param merged rows written again
     * @param kept rows copied as they are
     */
    record Result(long merged, long kept) {}

    PartitionMerge(MergePasses passes, Configuration conf, Progressable progress) {
        this.passes = passes;
        this.conf = conf;
        this.progress = progress;
    }

    /** Merges into a new file. */
    Result merge(PartitionFiles partition, Path target) throws IOException {
        Table table = partition.declaration();
        SortedMerge merge = new SortedMerge(table, conf, progress);
        if (passes.next(partition.files()).size() < partition.files().size()) {
            return new Result(mergeInPasses(merge, partition.files(), target), 0);
        }
        try (OpenRuns open = OpenRuns.open(table, partition.files(), conf)) {
            RunSelection selection = RunSelection.of(open.runs());
            if (selection.kept().isEmpty() || !mayHaveRuns(table, open)) {
                return new Result(merge.merge(open.runs(), HadoopOutputFile.fromPath(target, conf)), 0);
            }
            return concatenate(merge, table, selection, target);
        }
    }

    /** Keys are looked up in one pass over a file, which is in order throughout. */
    private static boolean mayHaveRuns(Table table, OpenRuns open) {
        return !table.equals(StarSchema.TRANSACTION_KEYS)
                && open.bytes() <= ParquetRows.ROW_GROUP_BYTES
                && open.haveDeclaredSchema();
    }

    private Result concatenate(SortedMerge merge, Table table, RunSelection selection, Path target) throws IOException {
        try (RowGroupWriter writer = new RowGroupWriter(table, target, conf)) {
            long kept = 0;
            for (Run run : selection.kept()) {
                append(run, writer);
                kept += run.rows();
            }
            MemoryFile rest = new MemoryFile();
            long merged = merge.merge(selection.merged(), rest);
            try (RowGroupFile file = RowGroupFile.open(table, rest, conf)) {
                for (Run run : Run.of(file)) {
                    append(run, writer);
                }
            }
            writer.finish();
            return new Result(merged, kept);
        }
    }

    private static void append(Run run, RowGroupWriter writer) throws IOException {
        for (int group = run.firstGroup(); group < run.groupsEnd(); group++) {
            writer.append(run.file(), group);
        }
    }

    private long mergeInPasses(SortedMerge merge, List<SourceFile> all, Path target) throws IOException {
        FileSystem fs = target.getFileSystem(conf);
        List<SourceFile> files = new ArrayList<>(all);
        List<Path> intermediate = new ArrayList<>();
        List<SourceFile> next = passes.next(files);
        while (next.size() < files.size()) {
            Path pass = new Path(target.getParent(), "." + target.getName() + "-pass-" + intermediate.size());
            merge.merge(next, pass);
            intermediate.add(pass);
            files.removeAll(next);
            files.add(new SourceFile(pass.toString(), fs.getFileStatus(pass).getLen()));
            next = passes.next(files);
        }
        long rows = merge.merge(files, target);
        for (Path pass : intermediate) {
            fs.delete(pass, false);
        }
        return rows;
    }
}
