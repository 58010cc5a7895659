package com.qcompany.batch.load;

import com.qcompany.warehouse.Dimension;
import com.qcompany.warehouse.Row;
import com.qcompany.warehouse.SourceGroup;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The type 2 history of one thing, folded from what every source group showed of it.
 *
 * <p>A version keeps the groups in which it was seen, so known versions can be taken apart into observations again and
 * merged with new ones. The result depends on the observations alone: not on the order in which groups arrive, on how
 * they are split over loads, or on repeats.
 */
final class DimensionHistory {

    private final Dimension dimension;
    private final String overwrittenBy;

    DimensionHistory(Dimension dimension) {
        this.dimension = dimension;
        List<String> overwritten = dimension.overwritten();
        this.overwrittenBy = overwritten.isEmpty() ? "" : overwritten.get(overwritten.size() - 1);
    }

    /**
     * Merges known versions and new observations of one thing.
     *
     * @param rows rows of the dimension, each with the key, the describing columns and {@code seen_in}; where two show
     *     the same group, the later one in the list wins
     * @return the versions in the order of the source, without gaps, the last one current
     */
    List<Row> merge(Iterable<Row> rows) {
        NavigableMap<SourceGroup, Row> observations = new TreeMap<>();
        Overwrite last = new Overwrite(null, null);
        for (Row row : rows) {
            for (Object group : row.require(Dimension.SEEN_IN, List.class)) {
                observations.put(SourceGroup.parse((String) group), row);
            }
            last = last.orLater(row, overwrittenBy);
        }
        List<Row> versions = new ArrayList<>();
        List<String> seenIn = new ArrayList<>();
        Row first = null;
        for (Map.Entry<SourceGroup, Row> observation : observations.entrySet()) {
            if (first != null && !sameDescription(first, observation.getValue())) {
                versions.add(version(first, seenIn, last));
                seenIn.clear();
            }
            if (seenIn.isEmpty()) {
                first = observation.getValue();
            }
            seenIn.add(observation.getKey().text());
        }
        if (first != null) {
            versions.add(version(first, seenIn, last));
        }
        return closed(versions);
    }

    private boolean sameDescription(Row left, Row right) {
        return dimension.describing().stream()
                .allMatch(column -> java.util.Objects.equals(left.get(column), right.get(column)));
    }

    private Row version(Row observed, List<String> seenIn, Overwrite last) {
        Row version = new Row(dimension.table());
        version.set(dimension.key(), observed.get(dimension.key()));
        dimension.describing().forEach(column -> version.set(column, observed.get(column)));
        if (last.row != null) {
            Row source = last.row;
            dimension.overwritten().forEach(column -> version.set(column, source.get(column)));
        }
        return version.set(
                        Dimension.VALID_FROM, SourceGroup.parse(seenIn.get(0)).hour())
                .set(Dimension.SEEN_IN, List.copyOf(seenIn));
    }

    private static List<Row> closed(List<Row> versions) {
        for (int i = 0; i < versions.size(); i++) {
            boolean current = i == versions.size() - 1;
            versions.get(i)
                    .set(Dimension.VERSION_NUMBER, i + 1)
                    .set(Dimension.IS_CURRENT, current)
                    .set(
                            Dimension.VALID_TO,
                            current ? null : versions.get(i + 1).require(Dimension.VALID_FROM, LocalDateTime.class));
        }
        return versions;
    }

    /** The row that last set the type 1 columns, in the order of the source. */
    private record Overwrite(@Nullable SourceGroup group, @Nullable Row row) {

        Overwrite orLater(Row candidate, String marker) {
            Object seenIn = marker.isEmpty() ? null : candidate.get(marker);
            if (seenIn == null) {
                return this;
            }
            SourceGroup later = SourceGroup.parse((String) seenIn);
            return group == null || later.compareTo(group) >= 0 ? new Overwrite(later, candidate) : this;
        }
    }
}
