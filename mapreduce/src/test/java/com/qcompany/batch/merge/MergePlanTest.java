package com.qcompany.batch.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class MergePlanTest {

    private static final Layout LAYOUT = new Layout(new Path("hdfs://name:8020/q"));
    private static final LocalDate TODAY = LocalDate.of(2024, 7, 4);
    private static final int DAYS_KEPT = 400;

    @Test
    void readsTheDeltasThatAreNotMergedAndTheDatesThatTheyTouch() {
        Snapshot published = snapshot(
                2,
                Map.of(
                        StarSchema.SALES_BASE, Map.of("2024-01-01", files(5), "2024-01-02", files(5)),
                        StarSchema.SALES_DELTA, Map.of("2", files(5), "3", files(5), "10", files(5))));

        MergePlan plan = plan(published, Set.of("2024-01-02", "2024-01-03"), Snapshot.empty());

        assertThat(plan.inputs())
                .extracting(DataFile::partition)
                .containsExactlyInAnyOrder(List.of("2024-01-02"), List.of("3"), List.of("10"));
        assertThat(plan.rowsOf(StarSchema.SALES_DELTA)).isEqualTo(10);
        assertThat(plan.dropped()).isEmpty();
    }

    @Test
    void forgetsDeltasOnceTheOldestQueryReadsThemFromTheBase() {
        Snapshot published =
                snapshot(9, Map.of(StarSchema.SALES_DELTA, Map.of("2", files(5), "4", files(5), "9", files(5))));

        MergePlan plan = plan(published, Set.of(), snapshot(4, Map.of()));

        assertThat(plan.dropped())
                .containsExactly(
                        new Partition(StarSchema.SALES_DELTA, List.of("2")),
                        new Partition(StarSchema.SALES_DELTA, List.of("4")));
        assertThat(plan.inputs()).isEmpty();
    }

    @Test
    void bringsPassedDaysToOneFileAndRetiresOldOnes() {
        Snapshot published = snapshot(
                0,
                Map.of(
                        StarSchema.LOAD_RUNS,
                        Map.of("2024-07-04", files(1, 1, 1), "2024-07-03", files(1, 1), "2024-07-02", files(2)),
                        StarSchema.REJECTED_ROWS,
                        Map.of("2023-05-30", files(1, 1), "2023-05-31", files(1))));

        MergePlan plan = plan(published, Set.of(), Snapshot.empty());

        assertThat(plan.inputs()).hasSize(2).allMatch(file -> file.partition().equals(List.of("2024-07-03")));
        assertThat(plan.dropped()).containsExactly(new Partition(StarSchema.REJECTED_ROWS, List.of("2023-05-30")));
    }

    @Test
    void bringsTheRunningDayToOneFileWhereItHasMany() {
        long[] seventeen = new long[17];
        Snapshot published = snapshot(0, Map.of(StarSchema.LOAD_RUNS, Map.of("2024-07-04", files(seventeen))));

        assertThat(plan(published, Set.of(), Snapshot.empty()).inputs()).hasSize(17);
    }

    @Test
    void mergesTheNewestSegmentsOfKeysUpToOneThatIsMuchLarger() {
        assertThat(segments(Map.of("1", files(100), "2", files(10), "3", files(10))))
                .containsExactly("3", "2");
        assertThat(segments(Map.of("1", files(40), "2", files(10), "10", files(10))))
                .containsExactly("10", "2", "1");
        assertThat(segments(Map.of("1", files(21), "2", files(10)))).isEmpty();
        assertThat(segments(Map.of("1", files(21)))).isEmpty();
    }

    @Property(tries = 200)
    void keepsFewSegmentsAndWritesAKeySeldom(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(min = 1, max = 500) Integer> loads) {
        SortedMap<String, Version> segments = new TreeMap<>();
        long keys = 0;
        long written = 0;
        for (int publish = 1; publish <= loads.size(); publish++) {
            long rows = loads.get(publish - 1);
            keys += rows;
            segments.put(Integer.toString(2 * publish), files(rows));
            List<String> chosen = segments(segments);
            long merged = chosen.stream()
                    .mapToLong(segment -> segments.get(segment).rows())
                    .sum();
            if (!chosen.isEmpty()) {
                segments.keySet().removeAll(chosen);
                segments.put(Integer.toString(2 * publish + 1), files(merged));
                written += merged;
            }
        }
        double doublings = Math.log(keys) / Math.log(2) + 2;
        assertThat((double) segments.size()).isLessThanOrEqualTo(doublings);
        assertThat((double) written).isLessThanOrEqualTo(keys * 2 * doublings);
    }

    private static List<String> segments(Map<String, Version> segments) {
        return MergePlan.segmentsToMerge(snapshot(0, Map.of(StarSchema.TRANSACTION_KEYS, segments)));
    }

    private static MergePlan plan(Snapshot published, Set<String> touched, Snapshot oldest) {
        return MergePlan.of(published, LAYOUT, touched, oldest, TODAY, DAYS_KEPT);
    }

    private static Version files(long... rows) {
        SortedMap<String, Long> files = new TreeMap<>();
        for (long each : rows) {
            files.put("1-%05d.parquet".formatted(files.size()), each);
        }
        return new Version(1, files);
    }

    private static Snapshot snapshot(long mergedUpTo, Map<Table, Map<String, Version>> partitions) {
        SortedMap<String, SortedMap<String, Version>> byName = new TreeMap<>();
        partitions.forEach((table, versions) -> byName.put(table.name(), new TreeMap<>(versions)));
        return new Snapshot(
                Snapshot.FORMAT,
                20,
                mergedUpTo,
                new TreeMap<>(),
                byName,
                0,
                new TreeSet<>(),
                new TreeSet<>(),
                List.of());
    }
}
