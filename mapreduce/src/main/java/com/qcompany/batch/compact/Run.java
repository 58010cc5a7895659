package com.qcompany.batch.compact;

import com.qcompany.warehouse.parquet.RowGroupFile;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows that lie in the order of their table's key: all of a file, or a row group of one that a compaction put together.
 *
 * @param file its file
 * @param firstGroup index of its first row group
 * @param groupsEnd index after its last row group
 */
record Run(RowGroupFile file, int firstGroup, int groupsEnd) {

    static List<Run> of(RowGroupFile file) {
        return file.isOrderedThroughout()
                ? List.of(new Run(file, 0, file.groups()))
                : IntStream.range(0, file.groups())
                        .mapToObj(group -> new Run(file, group, group + 1))
                        .toList();
    }

    long rows() {
        return IntStream.range(firstGroup, groupsEnd).mapToLong(file::rows).sum();
    }

    RowGroupFile.Rows read() {
        return file.read(firstGroup, groupsEnd);
    }
}
