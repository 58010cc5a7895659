package com.qcompany.hive;

import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the rows that Hive reads of every partition of the versioned tables with the rows that were published there,
 * in one query: partitions that Hive lacks, or finds elsewhere. Deltas that no reader of the sales sees are left out.
 */
record StoredRows(HiveSession session, String database) {

    List<Finding> check(Snapshot published) throws IOException {
        List<Table> tables = FileAudit.versionedTables();
        String rows = tables.stream().map(table -> select(table, published)).collect(Collectors.joining(" UNION ALL "));
        Map<String, SortedMap<String, Long>> read = new TreeMap<>();
        for (List<String> row : session.query("SELECT t, p, COUNT(*) FROM (%s) r GROUP BY t, p".formatted(rows))
                .rows()) {
            read.computeIfAbsent(row.get(0), table -> new TreeMap<>()).put(row.get(1), Long.valueOf(row.get(2)));
        }
        return tables.stream()
                .map(table ->
                        finding(table, published(table, published), read.getOrDefault(table.name(), new TreeMap<>())))
                .toList();
    }

    private String select(Table table, Snapshot published) {
        String partition = table.partitionColumns().isEmpty()
                ? "''"
                : table.partitionColumns().stream()
                        .map(Column::name)
                        .map("CAST(`%s` AS string)"::formatted)
                        .collect(Collectors.joining(", ", "CONCAT_WS('/', ", ")"));
        String condition = table.equals(StarSchema.SALES_DELTA)
                ? " WHERE `added_in` > %d AND `added_in` <= %d".formatted(published.mergedUpTo(), published.sequence())
                : "";
        return "SELECT '%s' AS t, %s AS p FROM %s.%s%s"
                .formatted(table.name(), partition, database, table.name(), condition);
    }

    private static SortedMap<String, Long> published(Table table, Snapshot snapshot) {
        SortedMap<String, Long> rows = new TreeMap<>();
        if (table.equals(StarSchema.SALES_DELTA)) {
            snapshot.unmergedDeltas().forEach((addedIn, version) -> rows.put(Long.toString(addedIn), version.rows()));
        } else {
            snapshot.partitionsOf(table).forEach((partition, version) -> rows.put(partition, version.rows()));
            snapshot.versionOf(table).map(Version::rows).ifPresent(whole -> rows.put("", whole));
        }
        rows.values().removeIf(count -> count == 0);
        return rows;
    }

    private static Finding finding(Table table, Map<String, Long> published, Map<String, Long> read) {
        List<String> faults = new ArrayList<>();
        long rows = 0;
        for (String partition : new TreeSet<>(
                Stream.of(published, read).flatMap(map -> map.keySet().stream()).toList())) {
            long wanted = published.getOrDefault(partition, 0L);
            long found = read.getOrDefault(partition, 0L);
            rows += found;
            if (wanted != found) {
                faults.add("%d rows of %d%s".formatted(found, wanted, partition.isEmpty() ? "" : " in " + partition));
            }
        }
        return Finding.of(table.name(), "hive_reads_what_is_published", faults, "%d rows".formatted(rows));
    }
}
