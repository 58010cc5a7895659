package com.qcompany.warehouse.state;

import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * The groups that loads decided about, as {@code source_groups} has them.
 *
 * @param byStatus by status, then by ledger record
 */
public record DecidedGroups(Map<String, SortedMap<Long, SourceGroup>> byStatus) {
    public static final String LOADED = "loaded";
    public static final String REFUSED = "refused";
    public static final String RETRACTED = "retracted";

    /** Reads those of a published state. */
    public static DecidedGroups read(Snapshot published, Layout layout, Configuration conf) throws IOException {
        Map<String, SortedMap<Long, SourceGroup>> byStatus = new HashMap<>();
        DataFile.forEachRow(published, layout, StarSchema.SOURCE_GROUPS, conf, row -> byStatus.computeIfAbsent(
                        row.text("status"), any -> new TreeMap<>())
                .put(row.require("group_sequence", Long.class), SourceGroup.parse(row.text("source_group"))));
        return new DecidedGroups(byStatus);
    }

    /** Those of a status, by ledger record. */
    public SortedMap<Long, SourceGroup> of(String status) {
        return byStatus.getOrDefault(status, Collections.emptySortedMap());
    }

    /** Those that were taken back, and no later version of them loaded. */
    public List<SourceGroup> takenBack() {
        return of(RETRACTED).values().stream()
                .filter(group -> of(LOADED).values().stream()
                        .noneMatch(other -> other.name().equals(group.name()) && other.version() > group.version()))
                .toList();
    }
}
