package com.qcompany.warehouse.state;

import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * How a table's registration in the catalog differs between two states: the new location of an unpartitioned table, the
 * directories of partitions that are new or have a new version, and the partitions that are forgotten.
 */
public record CatalogChange(
        Table table,
        Optional<Path> location,
        Map<List<String>, Path> added,
        Map<List<String>, Path> relocated,
        List<List<String>> dropped) {

    public static CatalogChange between(Snapshot before, Snapshot after, Layout layout, Table table) {
        Optional<Long> number = after.versionOf(table).map(Version::number);
        boolean moved = !number.equals(before.versionOf(table).map(Version::number));
        return of(
                table,
                moved ? number.map(version -> layout.tableVersion(table, version)) : Optional.empty(),
                locations(before, after, layout, table),
                locations(after, before, layout, table));
    }

    /** That from some locations of partitions, by their values, to others. */
    public static CatalogChange of(
            Table table, Optional<Path> location, Map<List<String>, Path> before, Map<List<String>, Path> after) {
        Map<List<String>, Path> added = new LinkedHashMap<>();
        Map<List<String>, Path> relocated = new LinkedHashMap<>();
        after.forEach((values, directory) -> {
            if (!directory.equals(before.get(values))) {
                (before.containsKey(values) ? relocated : added).put(values, directory);
            }
        });
        List<List<String>> dropped = before.keySet().stream()
                .filter(values -> !after.containsKey(values))
                .sorted(Comparator.comparing(values -> String.join("/", values)))
                .toList();
        return new CatalogChange(table, location, added, relocated, dropped);
    }

    /** Locations of the partitions of a state of which another one has no such version. */
    public static Map<List<String>, Path> locations(Snapshot of, Snapshot other, Layout layout, Table table) {
        Map<List<String>, Path> locations = new LinkedHashMap<>();
        of.partitionsOf(table).forEach((key, version) -> {
            Version same = other.partitionsOf(table).get(key);
            if (same == null || same.number() != version.number()) {
                List<String> values = List.of(key.split("/"));
                locations.put(values, layout.partitionVersion(table, values, version.number()));
            }
        });
        return locations;
    }

    /** Brings the change to the catalog, each statement under the lease. */
    public void apply(Catalog catalog, LeaseCheck lease) throws IOException {
        if (location.isPresent()) {
            lease.verify();
            catalog.setTableLocation(table, location.get());
        }
        if (!added.isEmpty()) {
            lease.verify();
            catalog.addPartitions(table, added);
        }
        if (!relocated.isEmpty()) {
            lease.verify();
            catalog.setPartitionLocations(table, relocated);
        }
        if (!dropped.isEmpty()) {
            lease.verify();
            catalog.dropPartitions(table, dropped);
        }
    }
}
