package com.qcompany.batch.compact;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.schema.Table.Storage;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.PartitionState;
import java.util.Comparator;
import java.util.List;

/**
 * A partition of a versioned table, as a snapshot has it.
 *
 * @param table its table
 * @param key its values joined with {@code /}
 * @param state its version, files and rows
 */
record PublishedPartition(Table table, String key, PartitionState state) {

    private static final Comparator<PublishedPartition> MOST_FILES_FIRST = Comparator.comparing(
                    (PublishedPartition partition) -> partition.state().files())
            .reversed()
            .thenComparing(partition -> partition.table().name())
            .thenComparing(PublishedPartition::key);

    /** All partitions that compaction can rewrite, those with most files first. */
    static List<PublishedPartition> of(Snapshot snapshot) {
        return StarSchema.TABLES.stream()
                .filter(table -> table.storage() == Storage.VERSIONED_PARTITIONS)
                .flatMap(table -> snapshot.partitionsOf(table).entrySet().stream()
                        .map(entry -> new PublishedPartition(table, entry.getKey(), entry.getValue())))
                .sorted(MOST_FILES_FIRST)
                .toList();
    }

    /** The values of its partition columns. */
    List<String> values() {
        return List.of(key.split("/"));
    }
}
