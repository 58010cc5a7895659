package com.qcompany.batch.load;

import com.qcompany.batch.dimension.GroupOrder;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.DecidedGroups;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;

/** The next version of {@code source_groups}: what was decided before, and what a load decides. */
final class SourceGroupRows {
    private final Map<Long, Row> bySequence = new TreeMap<>();

    private SourceGroupRows() {}

    static SourceGroupRows read(Snapshot published, Layout layout, Configuration conf) throws IOException {
        SourceGroupRows groups = new SourceGroupRows();
        DataFile.forEachRow(
                published,
                layout,
                StarSchema.SOURCE_GROUPS,
                conf,
                row -> groups.bySequence.put(row.require("group_sequence", Long.class), row));
        return groups;
    }

    /** Adds what a load decides about its groups. */
    void add(LoadPlan plan) {
        Retraction retraction = plan.retraction();
        if (retraction != null) {
            Objects.requireNonNull(bySequence.get(retraction.group()))
                    .set("status", retraction.restores() ? DecidedGroups.LOADED : DecidedGroups.RETRACTED)
                    .set("published_in", plan.publish())
                    .set("run_id", plan.runId());
            return;
        }
        for (GroupRecord group : plan.groups()) {
            boolean refused = plan.refused().contains(group.sequence());
            Row row = new Row(StarSchema.SOURCE_GROUPS)
                    .set("group_sequence", group.sequence())
                    .set("source_group", group.group().text())
                    .set("source_hour", group.group().hour())
                    .set("status", refused ? DecidedGroups.REFUSED : DecidedGroups.LOADED)
                    .set("published_in", plan.publish())
                    .set("run_id", plan.runId());
            bySequence.put(group.sequence(), row);
        }
    }

    /** Ledger records of the groups of a status. */
    SortedSet<Long> of(String status) {
        SortedSet<Long> sequences = new TreeSet<>(bySequence.keySet());
        sequences.removeIf(sequence ->
                !Objects.requireNonNull(bySequence.get(sequence)).text("status").equals(status));
        return sequences;
    }

    /** The groups in the order of the source, some of which are forgotten. */
    GroupOrder order(Set<Long> forgotten) {
        Map<Long, SourceGroup> groups = new HashMap<>();
        bySequence.forEach((sequence, row) -> groups.put(sequence, SourceGroup.parse(row.text("source_group"))));
        return new GroupOrder(groups, forgotten);
    }

    /** Writes all of them, ordered by ledger record. */
    DataFile stage(Path file, Configuration conf) throws IOException {
        try (ParquetWriter<Row> writer = ParquetRows.writer(StarSchema.SOURCE_GROUPS, file, conf)) {
            for (Row row : bySequence.values()) {
                writer.write(row);
            }
        }
        return new DataFile(StarSchema.SOURCE_GROUPS, List.of(), file, bySequence.size());
    }
}
