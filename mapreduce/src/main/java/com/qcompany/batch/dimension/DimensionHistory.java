package com.qcompany.batch.dimension;

import com.qcompany.batch.job.JobTables;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.SourceGroup;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The type 2 history of one key after the other, folded from what every source group showed of it.
 *
 * <p>A version keeps the groups in which it was seen, so that known versions can be taken apart again and merged with new
 * observations. The result depends on the observations alone: not on the order in which groups arrive, on how they are
 * split over loads, or on repeats. Not thread-safe.
 */
public final class DimensionHistory {
    private static final BinaryOperator<Row> LATER =
            BinaryOperator.maxBy(Comparator.comparing(row -> row.require(JobTables.POSITION, Long.class)));
    private final Dimension dimension;
    private final Table table;
    private final int[] describing;
    private final int[] overwritten;
    private final GroupOrder order;
    /** Places in the order of the source, by ledger record: a key may be seen in thousands of groups. */
    private final Map<Long, Integer> places = new HashMap<>();

    /** What a group showed of a key. */
    private record Sighting(long group, Row row) {}

    public DimensionHistory(Dimension dimension, GroupOrder order) {
        this.dimension = dimension;
        this.table = dimension.table();
        this.describing = positions(dimension.describing());
        this.overwritten = positions(dimension.overwritten());
        this.order = order;
        order.groups().entrySet().stream()
                .sorted(Map.Entry.<Long, SourceGroup>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .forEach(group -> places.put(group.getKey(), places.size()));
    }

    private int[] positions(List<String> columns) {
        return columns.stream().mapToInt(table::indexOf).toArray();
    }

    /**
     * Merges known versions, which may be none, and new observations of one key, of which those of a group with the highest
     * position count. Gives the versions in the order of the source, the last one current.
     */
    public List<Row> merge(List<Row> versions, List<Row> shown) {
        Map<Integer, Sighting> sightings = new TreeMap<>();
        for (Row version : versions) {
            SeenIn.groups(version.text(Dimension.SEEN_IN)).forEach((int group) -> {
                if (!order.forgotten().contains((long) group)) {
                    sightings.put(place(group), new Sighting(group, version));
                }
            });
        }
        Map<Long, Row> observed = new TreeMap<>();
        for (Row row : shown) {
            observed.merge(row.require(JobTables.GROUP_SEQUENCE, Long.class), row, LATER);
        }
        observed.forEach(
                (group, row) -> sightings.put(place(group), new Sighting(group, new Row(table).copyShared(row))));
        List<Row> merged = fold(sightings.values());
        overwrite(merged, versions, shown);
        return merged;
    }

    private int place(long group) {
        order.group(group); // there must be one
        return Objects.requireNonNull(places.get(group));
    }

    private List<Row> fold(Collection<Sighting> sightings) {
        List<Row> folded = new ArrayList<>();
        RoaringBitmap seen = new RoaringBitmap();
        Row last = null;
        for (Sighting sighting : sightings) {
            if (last == null || !sameDescription(last, sighting.row())) {
                seal(last, seen);
                seen = new RoaringBitmap();
                last = new Row(table)
                        .copyShared(sighting.row())
                        .set(Dimension.VERSION_NUMBER, folded.size() + 1)
                        .set(Dimension.VALID_FROM, order.group(sighting.group()).hour());
                folded.add(last);
            }
            seen.add(Math.toIntExact(sighting.group()));
        }
        seal(last, seen);
        for (int i = 0; i < folded.size(); i++) {
            boolean current = i == folded.size() - 1;
            Object end = current ? null : folded.get(i + 1).get(Dimension.VALID_FROM);
            folded.get(i).set(Dimension.IS_CURRENT, current).set(Dimension.VALID_TO, (LocalDateTime) end);
        }
        return folded;
    }

    private void seal(@Nullable Row version, RoaringBitmap seen) {
        if (version != null) {
            version.set(Dimension.SEEN_IN, SeenIn.text(seen));
        }
    }

    private boolean sameDescription(Row left, Row right) {
        return Arrays.stream(describing).allMatch(column -> left.hasSame(column, right));
    }

    /** A row that sets the type 1 columns; those of a version were set before any of its group's lines now. */
    private record Overwriting(Row row, SourceGroup group, long position) {}

    /** Sets the type 1 columns of all versions to what was set last in the order of the source. */
    private void overwrite(List<Row> merged, List<Row> versions, List<Row> shown) {
        List<String> columns = dimension.overwritten();
        if (columns.isEmpty()) {
            return;
        }
        String groupColumn = columns.get(columns.size() - 1);
        Set<SourceGroup> left = order.forgotten().stream().map(order::group).collect(Collectors.toSet());
        Stream<Overwriting> before = versions.stream()
                .limit(1) // all have the same
                .filter(version -> version.get(groupColumn) != null)
                .map(version -> new Overwriting(version, SourceGroup.parse(version.text(groupColumn)), -1))
                .filter(version -> !left.contains(version.group()));
        Stream<Overwriting> now = shown.stream()
                .map(row -> new Overwriting(
                        row,
                        order.group(row.require(JobTables.GROUP_SEQUENCE, Long.class)),
                        row.require(JobTables.OVERWRITTEN_POSITION, Long.class)))
                .filter(row -> row.position() >= 0);
        Row last = Stream.concat(before, now)
                .max(Comparator.comparing(Overwriting::group).thenComparingLong(Overwriting::position))
                .map(latest -> new Row(table)
                        .copyShared(latest.row())
                        .set(groupColumn, latest.group().text()))
                .orElseGet(() -> new Row(table));
        for (Row version : merged) {
            for (int column : overwritten) {
                version.copy(column, last, column);
            }
        }
    }
}
