package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.SourceGroup;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The type 2 history of one thing after the other, folded from what every source group showed of it.
 *
 * <p>A version keeps the groups in which it was seen, so known versions can be taken apart into observations again and
 * merged with new ones. The result depends on the observations alone: not on the order in which groups arrive, on how
 * they are split over loads, or on repeats. Where all new ones are later, as nearly always, only the last version is
 * touched. Not thread-safe.
 */
final class DimensionHistory {

    private final Table table;
    private final int key;
    private final int[] describing;
    private final int[] overwritten;
    private final int versionNumber;
    private final int validFrom;
    private final int validTo;
    private final int current;
    private final int seenIn;
    /** Every group that was met: few, next to the versions that name them. */
    private final Map<String, SourceGroup> groups = new HashMap<>();

    /** A thing as a group showed it. */
    private record Sighting(SourceGroup group, String text, Row row) {}

    DimensionHistory(Dimension dimension) {
        this.table = dimension.table();
        this.key = table.indexOf(dimension.key());
        this.describing =
                dimension.describing().stream().mapToInt(table::indexOf).toArray();
        this.overwritten =
                dimension.overwritten().stream().mapToInt(table::indexOf).toArray();
        this.versionNumber = table.indexOf(Dimension.VERSION_NUMBER);
        this.validFrom = table.indexOf(Dimension.VALID_FROM);
        this.validTo = table.indexOf(Dimension.VALID_TO);
        this.current = table.indexOf(Dimension.IS_CURRENT);
        this.seenIn = table.indexOf(Dimension.SEEN_IN);
    }

    /**
     * Merges known versions and new observations of one thing.
     *
     * @param rows the known versions in their order, then at least one observation: rows of the dimension with the key,
     *     the describing columns and {@code seen_in}; where two show the same group, the later one in the list wins
     * @return the versions in the order of the source, without gaps, the last one current; some are rows of the list
     */
    List<Row> merge(List<Row> rows) {
        int known = (int)
                rows.stream().takeWhile(row -> row.get(versionNumber) != null).count();
        List<Sighting> shown = sightings(rows.subList(known, rows.size()));
        Row overwriting = lastOverwriting(rows);
        if (known == 0) {
            return versions(List.of(), shown.get(0), List.of(), shown, overwriting);
        }
        Row last = rows.get(known - 1);
        List<String> seen = textsOf(last);
        if (shown.get(0).group().compareTo(group(seen.get(seen.size() - 1))) <= 0) {
            List<Sighting> all = sightings(rows);
            return versions(List.of(), all.get(0), List.of(), all, overwriting);
        }
        List<Row> before = rows.subList(0, known - 1);
        before.forEach(version -> overwrite(version, overwriting));
        return versions(before, new Sighting(group(seen.get(0)), seen.get(0), last), seen, shown, overwriting);
    }

    /**
     * Folds sightings into versions.
     *
     * @param before versions that come first and stay
     * @param opening what the version is that comes next
     * @param seen groups in which that was seen already
     * @param sightings what follows, in the order of the source
     */
    private List<Row> versions(
            List<Row> before,
            Sighting opening,
            List<String> seen,
            List<Sighting> sightings,
            @Nullable Row overwriting) {
        List<Row> versions = new ArrayList<>(before);
        List<String> texts = new ArrayList<>(seen);
        Sighting first = opening;
        for (Sighting sighting : sightings) {
            if (!sameDescription(first.row(), sighting.row())) {
                versions.add(version(first, texts, overwriting));
                texts.clear();
                first = sighting;
            }
            texts.add(sighting.text());
        }
        versions.add(version(first, texts, overwriting));
        return closed(versions);
    }

    /** One for each group, in the order of the source. Known versions come ordered, so there is little to sort. */
    private List<Sighting> sightings(List<Row> rows) {
        List<Sighting> all = new ArrayList<>();
        for (Row row : rows) {
            for (String text : textsOf(row)) {
                all.add(new Sighting(group(text), text, row));
            }
        }
        all.sort(Comparator.comparing(Sighting::group));
        return IntStream.range(0, all.size())
                .filter(i -> i + 1 == all.size()
                        || !all.get(i).group().equals(all.get(i + 1).group()))
                .mapToObj(all::get)
                .toList();
    }

    /** The row that last set the type 1 columns, in the order of the source; null where none did. */
    private @Nullable Row lastOverwriting(List<Row> rows) {
        Row last = null;
        SourceGroup lastGroup = null;
        if (overwritten.length > 0) {
            int seenColumn = overwritten[overwritten.length - 1];
            for (Row row : rows) {
                if (last != null && row.hasSame(seenColumn, last)) {
                    last = row; // the known versions all have what was last set
                    continue;
                }
                Object text = row.get(seenColumn);
                SourceGroup group = text == null ? null : group((String) text);
                if (group != null && (lastGroup == null || group.compareTo(lastGroup) >= 0)) {
                    last = row;
                    lastGroup = group;
                }
            }
        }
        return last;
    }

    private boolean sameDescription(Row left, Row right) {
        for (int column : describing) {
            if (!left.hasSame(column, right)) {
                return false;
            }
        }
        return true;
    }

    private Row version(Sighting first, List<String> texts, @Nullable Row overwriting) {
        Row version = new Row(table).copy(key, first.row(), key);
        for (int column : describing) {
            version.copy(column, first.row(), column);
        }
        overwrite(version, overwriting);
        return version.set(validFrom, first.group().hour()).set(seenIn, List.copyOf(texts));
    }

    private void overwrite(Row version, @Nullable Row overwriting) {
        if (overwriting != null) {
            for (int column : overwritten) {
                version.copy(column, overwriting, column);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private List<String> textsOf(Row row) {
        return (List<String>) Objects.requireNonNull(row.get(seenIn));
    }

    private List<Row> closed(List<Row> versions) {
        for (int i = 0; i < versions.size(); i++) {
            boolean last = i == versions.size() - 1;
            Object end = last ? null : versions.get(i + 1).get(validFrom);
            versions.get(i).set(versionNumber, i + 1).set(current, last).set(validTo, (LocalDateTime) end);
        }
        return versions;
    }

    private SourceGroup group(String text) {
        return groups.computeIfAbsent(text, SourceGroup::parse);
    }
}
