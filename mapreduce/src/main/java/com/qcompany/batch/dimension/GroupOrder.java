package com.qcompany.batch.dimension;

import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.PublishedFile;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * The groups behind ledger records, in the order of the source.
 *
 * @param groups group by ledger sequence
 */
public record GroupOrder(Map<Long, SourceGroup> groups) {
    public GroupOrder {
        groups = Map.copyOf(groups);
    }

    /** The groups that {@code source_groups} has, and more. */
    public static GroupOrder of(Snapshot published, Layout layout, Configuration conf, Map<Long, SourceGroup> more)
            throws IOException {
        Map<Long, SourceGroup> groups = new HashMap<>(more);
        for (PublishedFile file : PublishedFile.of(published, layout, StarSchema.SOURCE_GROUPS)) {
            ParquetRows.forEach(
                    ParquetRows.reader(file.table(), file.path(), conf),
                    row -> groups.put(
                            row.require("group_sequence", Long.class), SourceGroup.parse(row.text("source_group"))));
        }
        return new GroupOrder(groups);
    }

    /**
     * The group of a ledger record.
     *
     * @throws IllegalStateException if there is none
     */
    SourceGroup group(long sequence) {
        SourceGroup group = groups.get(sequence);
        if (group == null) {
            throw new IllegalStateException(
                    "Cannot find group %d in source_groups (run `q audit`)".formatted(sequence));
        }
        return group;
    }

    /** Compares ledger records by the order of the source. */
    Comparator<Long> comparator() {
        return Comparator.comparing(this::group);
    }
}
