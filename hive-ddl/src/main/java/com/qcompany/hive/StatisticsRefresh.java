package com.qcompany.hive;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.schema.Table.Storage;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.PartitionState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to compute statistics of: whole tables, by one statement each, and single partitions of others.
 *
 * @param tables tables, with all their partitions
 * @param partitions values joined with {@code /} of some partitions of other tables
 */
record StatisticsRefresh(List<Table> tables, Map<Table, List<String>> partitions) {

    /** What a statement for one partition costs, in footers that Hive reads in the same time: 50 to 70 ms, 2 ms each. */
    private static final int FOOTERS_PER_STATEMENT = 25;

    /** A partition that changed since its statistics were computed, and by what factor its files or rows did. */
    private record Stale(Table table, String key, int files, double distance) {}

    /** Everything, the conventional tables too. */
    static StatisticsRefresh everything() {
        return new StatisticsRefresh(StarSchema.TABLES, Map.of());
    }

    /** Whatever of the versioned tables changed, each table in the cheaper of the two ways. */
    static StatisticsRefresh touched(StatisticsState told, Snapshot published) {
        List<Table> tables = new ArrayList<>(staleTables(told, published).toList());
        Map<Table, List<String>> partitions = new LinkedHashMap<>();
        byTable(stalePartitions(told, published)).forEach((table, stale) -> {
            if (oneStatementIsCheaper(stale, published.partitionsOf(table))) {
                tables.add(table);
            } else {
                partitions.put(table, keys(stale));
            }
        });
        return new StatisticsRefresh(tables, partitions);
    }

    /** The unpartitioned tables that changed, and the partitions whose statistics are farthest from the truth. */
    static StatisticsRefresh mostWrong(StatisticsState told, Snapshot published, int mostPartitions) {
        Map<Table, List<String>> partitions = new LinkedHashMap<>();
        byTable(stalePartitions(told, published).limit(mostPartitions))
                .forEach((table, stale) -> partitions.put(table, keys(stale)));
        return new StatisticsRefresh(staleTables(told, published).toList(), partitions);
    }

    boolean isEmpty() {
        return tables.isEmpty() && partitions.isEmpty();
    }

    private static Stream<Table> staleTables(StatisticsState told, Snapshot published) {
        return StarSchema.TABLES.stream()
                .filter(table -> table.storage() == Storage.VERSIONED_TABLE)
                .filter(table -> told.tableVersions().getOrDefault(table.name(), 0L) != published.versionOf(table));
    }

    private static Stream<Stale> stalePartitions(StatisticsState told, Snapshot published) {
        return StarSchema.TABLES.stream()
                .filter(table -> table.storage() == Storage.VERSIONED_PARTITIONS)
                .flatMap(table -> published.partitionsOf(table).entrySet().stream()
                        .map(entry -> stale(table, entry.getKey(), entry.getValue(), told)))
                .filter(stale -> stale.distance() > 0)
                .sorted(Comparator.comparingDouble(Stale::distance)
                        .reversed()
                        .thenComparing(stale -> stale.table().name())
                        .thenComparing(Stale::key));
    }

    private static Stale stale(Table table, String key, PartitionState now, StatisticsState told) {
        PartitionState then =
                told.partitions().getOrDefault(table.name(), Map.of()).get(key);
        return new Stale(table, key, now.files(), distance(then, now));
    }

    /** 0 for the same state; else the larger of the factors between the rows and between the files, at least 1. */
    private static double distance(@Nullable PartitionState then, PartitionState now) {
        if (then == null) {
            return Double.POSITIVE_INFINITY;
        }
        return now.equals(then) ? 0 : Math.max(factor(then.rows(), now.rows()), factor(then.files(), now.files()));
    }

    private static double factor(long left, long right) {
        return Math.max(1, Math.max(left, right)) / (double) Math.max(1, Math.min(left, right));
    }

    private static boolean oneStatementIsCheaper(List<Stale> stale, Map<String, PartitionState> all) {
        int allFiles = all.values().stream().mapToInt(PartitionState::files).sum();
        int staleFiles = stale.stream().mapToInt(Stale::files).sum();
        return stale.size() * FOOTERS_PER_STATEMENT + staleFiles > FOOTERS_PER_STATEMENT + allFiles;
    }

    private static Map<Table, List<Stale>> byTable(Stream<Stale> stale) {
        return stale.collect(Collectors.groupingBy(Stale::table, LinkedHashMap::new, Collectors.toList()));
    }

    private static List<String> keys(List<Stale> stale) {
        return stale.stream().map(Stale::key).toList();
    }
}
