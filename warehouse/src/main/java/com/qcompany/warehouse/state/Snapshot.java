package com.qcompany.warehouse.state;

import com.qcompany.warehouse.schema.Table;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is published: the current version of every versioned table and partition, and the groups loaded. One immutable
 * JSON file a publish, {@code state/snapshots/SEQUENCE.json}; the last one is the truth that Hive follows.
 *
 * @param sequence number of the publish that led to it; 0 for the empty warehouse
 * @param tableVersions current version by name of an unpartitioned versioned table
 * @param partitions state of every partition by its values joined with {@code /}, by name of a versioned table
 * @param loadedUpTo every ledger record up to this sequence is loaded or needs no loading
 * @param loadedBeyond sequences of loaded records above that
 */
public record Snapshot(
        long sequence,
        Map<String, Long> tableVersions,
        Map<String, Map<String, PartitionState>> partitions,
        long loadedUpTo,
        SortedSet<Long> loadedBeyond) {

    /**
     * A published partition.
     *
     * @param version current version, the sequence of the publish that wrote its directory
     * @param files files in it
     * @param rows rows in them
     */
    public record PartitionState(long version, int files, long rows) {}

    public Snapshot {
        tableVersions = Map.copyOf(tableVersions);
        partitions = partitions.entrySet().stream()
                .collect(java.util.stream.Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> java.util.Collections.unmodifiableMap(new TreeMap<>(entry.getValue()))));
        loadedBeyond = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(loadedBeyond));
    }

    /** The warehouse before its first publish. */
    public static Snapshot empty() {
        return new Snapshot(0, Map.of(), Map.of(), 0, new TreeSet<>());
    }

    /** Partitions of a versioned table; empty where none is published. */
    public Map<String, PartitionState> partitionsOf(Table table) {
        return partitions.getOrDefault(table.name(), Map.of());
    }

    /** Current version of an unpartitioned versioned table, 0 before its first. */
    public long versionOf(Table table) {
        return tableVersions.getOrDefault(table.name(), 0L);
    }

    /** Whether a ledger record is loaded. */
    public boolean isLoaded(long ledgerSequence) {
        return ledgerSequence <= loadedUpTo || loadedBeyond.contains(ledgerSequence);
    }
}
