package com.qcompany.hive;

import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.PartitionState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Which published state Hive's statistics tell of, by table and partition: {@code state/statistics/NUMBER.json}, the
 * highest number being the current one. Read and written under the warehouse's lease.
 *
 * @param number one above that of the state before it
 * @param tableVersions version by name of an unpartitioned versioned table
 * @param partitions state by partition values joined with {@code /}, by name of a versioned table
 */
record StatisticsState(
        long number, Map<String, Long> tableVersions, Map<String, Map<String, PartitionState>> partitions) {

    private static final StatisticsState NONE = new StatisticsState(0, Map.of(), Map.of());

    StatisticsState {
        tableVersions = Map.copyOf(tableVersions);
        partitions = Map.copyOf(partitions);
    }

    /** What the last refresh left; empty where there was none. */
    static StatisticsState latest(FileSystem fs, Layout layout) throws IOException {
        List<Path> files = ImmutableFiles.list(fs, directory(layout));
        return files.isEmpty() ? NONE : ImmutableFiles.read(fs, files.get(files.size() - 1), StatisticsState.class);
    }

    /** The state after a refresh. */
    StatisticsState following(Snapshot published, StatisticsRefresh refresh) {
        Map<String, Long> versions = new TreeMap<>(tableVersions);
        Map<String, Map<String, PartitionState>> states = new TreeMap<>(partitions);
        refresh.tables().forEach(table -> {
            versions.put(table.name(), published.versionOf(table));
            states.put(table.name(), published.partitionsOf(table));
        });
        refresh.partitions().forEach((table, keys) -> {
            Map<String, PartitionState> known = new TreeMap<>(states.getOrDefault(table.name(), Map.of()));
            keys.forEach(key -> known.put(key, published.partitionsOf(table).get(key)));
            states.put(table.name(), known);
        });
        return new StatisticsState(number + 1, versions, states);
    }

    /** Writes it, and deletes those before it. */
    void write(FileSystem fs, Layout layout) throws IOException {
        List<Path> before = ImmutableFiles.list(fs, directory(layout));
        ImmutableFiles.write(fs, new Path(directory(layout), "%010d.json".formatted(number)), this);
        for (Path file : before) {
            fs.delete(file, false);
        }
    }

    /** Makes the next refresh begin from nothing, as after partitions were registered anew. */
    static void forget(FileSystem fs, Layout layout) throws IOException {
        fs.delete(directory(layout), true);
    }

    private static Path directory(Layout layout) {
        return layout.state("statistics");
    }
}
