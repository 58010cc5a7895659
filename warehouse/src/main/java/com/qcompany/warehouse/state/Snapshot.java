package com.qcompany.warehouse.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is published: the current version of every versioned table and partition with its files, and the groups that were
 * decided. One immutable JSON file a publish, {@code state/snapshots/SEQUENCE.json}; the last one is the truth that Hive
 * follows.
 *
 * @param format number of this form of the file; another one is of another release
 * @param sequence number of the publish that led to it; 0 for the empty warehouse
 * @param mergedUpTo last publish whose sales are all in {@code sales_base}
 * @param tables current version by name of an unpartitioned versioned table
 * @param partitions current version of every partition by its values joined with {@code /}, by name of a table
 * @param decidedUpTo every ledger record up to this sequence needs no loading: it is loaded, refused, replaced or a duplicate
 * @param decidedBeyond sequences of such records above that
 * @param refused sequences of refused groups whose name has no later version that was loaded
 * @param addedColumns columns of the sales and dimensions that contracts added, in that order
 */
public record Snapshot(
        int format,
        long sequence,
        long mergedUpTo,
        SortedMap<String, Version> tables,
        SortedMap<String, SortedMap<String, Version>> partitions,
        long decidedUpTo,
        SortedSet<Long> decidedBeyond,
        SortedSet<Long> refused,
        List<AddedColumn> addedColumns) {
    /** The form that this release reads and writes. */
    public static final int FORMAT = 2;

    /** A published directory: the number of the publish that made it, and the rows of each file in it by name. */
    public record Version(long number, SortedMap<String, Long> files) {
        public Version {
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        }

        @JsonIgnore
        public long rows() {
            return files.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    public Snapshot {
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "Cannot use snapshot %d: its format is %d (expected %d)".formatted(sequence, format, FORMAT));
        }
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
        SortedMap<String, SortedMap<String, Version>> copy = new TreeMap<>();
        partitions.forEach(
                (table, versions) -> copy.put(table, Collections.unmodifiableSortedMap(new TreeMap<>(versions))));
        partitions = Collections.unmodifiableSortedMap(copy);
        decidedBeyond = Collections.unmodifiableSortedSet(new TreeSet<>(decidedBeyond));
        refused = Collections.unmodifiableSortedSet(new TreeSet<>(refused));
        addedColumns = addedColumns == null ? List.of() : List.copyOf(addedColumns); // not in older files
    }

    /** The warehouse before its first publish. */
    public static Snapshot empty() {
        return new Snapshot(
                FORMAT, 0, 0, new TreeMap<>(), new TreeMap<>(), 0, new TreeSet<>(), new TreeSet<>(), List.of());
    }

    /** The same with further added columns; one of a known name of a table replaces it. */
    public Snapshot adding(Collection<AddedColumn> columns) {
        Map<String, AddedColumn> all = new LinkedHashMap<>();
        addedColumns.forEach(column -> all.put(column.table() + "." + column.name(), column));
        columns.forEach(column -> all.put(column.table() + "." + column.name(), column));
        return new Snapshot(
                format,
                sequence,
                mergedUpTo,
                tables,
                partitions,
                decidedUpTo,
                decidedBeyond,
                refused,
                List.copyOf(all.values()));
    }

    /** Partitions of a versioned table; empty where none is published. */
    public SortedMap<String, Version> partitionsOf(Table table) {
        return partitions.getOrDefault(table.name(), Collections.emptySortedMap());
    }

    public Optional<Version> versionOf(Table table) {
        return Optional.ofNullable(tables.get(table.name()));
    }

    /** Partitions of {@code sales_delta} that are not in the base yet, by the publish that made each. */
    @JsonIgnore
    public SortedMap<Long, Version> unmergedDeltas() {
        SortedMap<Long, Version> deltas = new TreeMap<>();
        partitionsOf(StarSchema.SALES_DELTA).forEach((addedIn, version) -> deltas.put(Long.valueOf(addedIn), version));
        return deltas.tailMap(mergedUpTo + 1);
    }

    public boolean isDecided(long ledgerSequence) {
        return ledgerSequence <= decidedUpTo || decidedBeyond.contains(ledgerSequence);
    }
}
