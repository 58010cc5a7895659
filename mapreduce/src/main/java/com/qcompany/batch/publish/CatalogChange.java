package com.qcompany.batch.publish;

import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * How a table's registration in the catalog differs between two states: the new location of an unpartitioned table, the
 * directories of partitions that are new or have a new version, and the partitions that are forgotten.
 */
record CatalogChange(
        Table table,
        Optional<Path> location,
        Map<List<String>, Path> added,
        Map<List<String>, Path> relocated,
        List<List<String>> dropped) {

    static CatalogChange between(Snapshot before, Snapshot after, Layout layout, Table table) {
        Optional<Long> number = after.versionOf(table).map(Version::number);
        boolean moved = !number.equals(before.versionOf(table).map(Version::number));
        Map<String, Version> old = before.partitionsOf(table);
        Map<List<String>, Path> added = new LinkedHashMap<>();
        Map<List<String>, Path> relocated = new LinkedHashMap<>();
        after.partitionsOf(table).forEach((key, version) -> {
            Version last = old.get(key);
            if (last == null || last.number() != version.number()) {
                List<String> values = List.of(key.split("/"));
                (last == null ? added : relocated)
                        .put(values, layout.partitionVersion(table, values, version.number()));
            }
        });
        List<List<String>> dropped = old.keySet().stream()
                .filter(key -> !after.partitionsOf(table).containsKey(key))
                .map(key -> List.of(key.split("/")))
                .toList();
        Optional<Path> location = moved ? number.map(version -> layout.tableVersion(table, version)) : Optional.empty();
        return new CatalogChange(table, location, added, relocated, dropped);
    }

    /** Brings the change to the catalog, each statement under the lease. */
    void apply(Catalog catalog, LeaseCheck lease) throws IOException {
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
