package com.qcompany.batch.dimension;

import com.qcompany.batch.job.JobTables;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.SourceGroup;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The type 2 history of one key after the other, folded from what every source group showed of it.
 *
 * <p>A version keeps the groups in which it was seen, so that known versions can be taken apart again and merged with new
 * observations. The result depends on the observations alone: not on the order in which groups arrive, on how they are
 * split over loads, or on repeats. Not thread-safe.
 */
final class DimensionHistory {
    private final Dimension dimension;
    private final Table table;
    private final GroupOrder order;
    private final @Nullable String overwrittenGroup;

    DimensionHistory(Dimension dimension, GroupOrder order) {
        this.dimension = dimension;
        this.table = dimension.table();
        this.order = order;
        List<String> overwritten = dimension.overwritten();
        this.overwrittenGroup = overwritten.isEmpty() ? null : overwritten.get(overwritten.size() - 1);
    }

    /**
     * Merges known versions and new observations of one key.
     *
     * @param versions rows of the dimension; may be none
     * @param shown rows of the dimension's observations; of one group the one with the highest position counts
     * @return the versions in the order of the source, the last one current
     */
    List<Row> merge(List<Row> versions, List<Row> shown) {
        Map<Long, Row> byGroup = new TreeMap<>(order.comparator());
        for (Row version : versions) {
            SeenGroups.decode(version.text(Dimension.SEEN_IN))
                    .forEach((int group) -> byGroup.put((long) group, version));
        }
        Map<Long, Row> observed = new TreeMap<>();
        for (Row row : shown) {
            observed.merge(row.require(JobTables.GROUP_SEQUENCE, Long.class), row, DimensionHistory::later);
        }
        observed.forEach((group, row) -> byGroup.put(group, described(row)));
        List<Row> merged = fold(byGroup);
        overwrite(merged, versions, shown);
        return merged;
    }

    private static Row later(Row one, Row other) {
        return one.require(JobTables.POSITION, Long.class) > other.require(JobTables.POSITION, Long.class)
                ? one
                : other;
    }

    /** A row with the key and the describing columns of a version or an observation. */
    private Row described(Row shown) {
        Row row = new Row(table).copy(dimension.key(), shown);
        dimension.describing().forEach(column -> row.copy(column, shown));
        return row;
    }

    private List<Row> fold(Map<Long, Row> byGroup) {
        List<Row> folded = new ArrayList<>();
        RoaringBitmap seen = new RoaringBitmap();
        Row last = null;
        for (Map.Entry<Long, Row> sighting : byGroup.entrySet()) {
            if (last == null || !sameDescription(last, sighting.getValue())) {
                seal(last, seen);
                seen = new RoaringBitmap();
                last = version(sighting.getValue(), order.group(sighting.getKey()), folded.size() + 1);
                folded.add(last);
            }
            seen.add(Math.toIntExact(sighting.getKey()));
        }
        seal(last, seen);
        for (int i = 0; i < folded.size(); i++) {
            boolean current = i == folded.size() - 1;
            Object end = current ? null : folded.get(i + 1).get(Dimension.VALID_FROM);
            folded.get(i).set(Dimension.IS_CURRENT, current).set(Dimension.VALID_TO, (LocalDateTime) end);
        }
        return folded;
    }

    private Row version(Row shown, SourceGroup first, int number) {
        return described(shown).set(Dimension.VERSION_NUMBER, number).set(Dimension.VALID_FROM, first.hour());
    }

    private void seal(@Nullable Row version, RoaringBitmap seen) {
        if (version != null) {
            version.set(Dimension.SEEN_IN, SeenGroups.encode(seen));
        }
    }

    private boolean sameDescription(Row left, Row right) {
        return dimension.describing().stream().allMatch(column -> left.hasSame(table.indexOf(column), right));
    }

    /** Sets the type 1 columns of all versions to what was set last in the order of the source. */
    private void overwrite(List<Row> merged, List<Row> versions, List<Row> shown) {
        if (overwrittenGroup == null) {
            return;
        }
        Row last = versions.stream()
                .filter(version -> version.get(overwrittenGroup) != null)
                .findFirst()
                .orElse(null);
        SourceGroup lastGroup = last == null ? null : SourceGroup.parse(last.text(overwrittenGroup));
        long lastPosition = -1;
        for (Row row : shown) {
            long position = row.require(JobTables.OVERWRITTEN_POSITION, Long.class);
            SourceGroup group = order.group(row.require(JobTables.GROUP_SEQUENCE, Long.class));
            int comparison = lastGroup == null ? 1 : group.compareTo(lastGroup);
            if (position >= 0 && (comparison > 0 || comparison == 0 && position > lastPosition)) {
                last = row;
                lastGroup = group;
                lastPosition = position;
            }
        }
        if (last != null) {
            for (Row version : merged) {
                for (String column : dimension.overwritten()) {
                    version.copy(column, last);
                }
                version.set(overwrittenGroup, Objects.requireNonNull(lastGroup).text());
            }
        }
    }
}
