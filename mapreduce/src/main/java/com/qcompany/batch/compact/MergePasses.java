package com.qcompany.batch.compact;

import com.qcompany.batch.compact.CompactionPlan.SourceFile;
import com.qcompany.warehouse.parquet.ParquetRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which files are merged together so that no more are open than memory holds. A reader holds one row group of its file,
 * and a file smaller than a row group costs its length.
 *
 * @param memoryBytes memory for open readers; two are always opened
 */
record MergePasses(long memoryBytes) {

    /** What an open file costs besides its row group, in buffers and in time. */
    static final long OPEN_COST_BYTES = 256 << 10;

    private static final int MOST_OPEN = 256;

    /** Memory for readers in this JVM: a quarter of its heap, the rest being the writer's and the task's. */
    static MergePasses ofThisHeap() {
        return new MergePasses(Runtime.getRuntime().maxMemory() / 4);
    }

    /** The files to merge next, smallest first; all of them where this is the last pass. */
    List<SourceFile> next(List<SourceFile> files) {
        List<SourceFile> chosen = new ArrayList<>();
        long used = 0;
        for (SourceFile file : files.stream()
                .sorted(Comparator.comparingLong(SourceFile::bytes).thenComparing(SourceFile::path))
                .toList()) {
            used += OPEN_COST_BYTES + Math.min(file.bytes(), ParquetRows.ROW_GROUP_BYTES);
            if (chosen.size() >= 2 && (used > memoryBytes || chosen.size() == MOST_OPEN)) {
                break;
            }
            chosen.add(file);
        }
        return chosen;
    }
}
