package com.qcompany.batch.merge;

import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.PublishedFile;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a merge reads and forgets.
 *
 * @param inputs files whose rows are written anew
 * @param dropped partitions that no query reads any more after it
 */
record MergePlan(List<PublishedFile> inputs, List<Partition> dropped) {
    /** Files of the running day from which they are merged; those of days that have passed become one. */
    private static final int MAX_FILES = 16;

    MergePlan {
        inputs = List.copyOf(inputs);
        dropped = List.copyOf(dropped);
    }

    /**
     * Plans a merge.
     *
     * @param published current state
     * @param touchedDates dates of the sales that are not merged yet
     * @param oldest the state that the oldest query may still see
     * @param today UTC date
     * @param daysKept how many days rejected rows and rows about runs are kept
     */
    static MergePlan of(
            Snapshot published,
            Layout layout,
            Set<String> touchedDates,
            Snapshot oldest,
            LocalDate today,
            int daysKept) {
        List<PublishedFile> inputs = new ArrayList<>();
        List<Partition> dropped = new ArrayList<>();
        for (PublishedFile file : PublishedFile.of(published, layout, StarSchema.SALES_BASE)) {
            if (touchedDates.contains(file.partition().get(0))) {
                inputs.add(file);
            }
        }
        for (PublishedFile file : PublishedFile.of(published, layout, StarSchema.SALES_DELTA)) {
            long addedIn = Long.parseLong(file.partition().get(0));
            if (addedIn > published.mergedUpTo()) {
                inputs.add(file);
            }
        }
        for (String addedIn : published.partitionsOf(StarSchema.SALES_DELTA).keySet()) {
            if (Long.parseLong(addedIn) <= oldest.mergedUpTo()) {
                dropped.add(new Partition(StarSchema.SALES_DELTA, List.of(addedIn)));
            }
        }
        for (String segment : segmentsToMerge(published)) {
            inputs.addAll(filesOf(published, layout, StarSchema.TRANSACTION_KEYS, segment));
            dropped.add(new Partition(StarSchema.TRANSACTION_KEYS, List.of(segment)));
        }
        for (Table table : List.of(StarSchema.REJECTED_ROWS, StarSchema.LOAD_RUNS)) {
            for (Map.Entry<String, Version> day : published.partitionsOf(table).entrySet()) {
                LocalDate date = LocalDate.parse(day.getKey());
                int files = day.getValue().files().size();
                if (date.isBefore(today.minusDays(daysKept))) {
                    dropped.add(new Partition(table, List.of(day.getKey())));
                } else if (files > MAX_FILES || files > 1 && date.isBefore(today)) {
                    inputs.addAll(filesOf(published, layout, table, day.getKey()));
                }
            }
        }
        return new MergePlan(inputs, dropped);
    }

    /**
     * Newest segments of keys that are worth merging: an older one is taken in while it has at most twice the keys of all
     * newer ones together. So a key is written again as often as the logarithm of their number.
     */
    static List<String> segmentsToMerge(Snapshot published) {
        List<Map.Entry<String, Version>> newestFirst =
                published.partitionsOf(StarSchema.TRANSACTION_KEYS).entrySet().stream()
                        .sorted(Comparator.comparingLong(
                                        (Map.Entry<String, Version> segment) -> Long.parseLong(segment.getKey()))
                                .reversed())
                        .toList();
        List<String> chosen = new ArrayList<>();
        long rows = 0;
        for (Map.Entry<String, Version> segment : newestFirst) {
            long more = segment.getValue().rows();
            if (!chosen.isEmpty() && more > 2 * rows) {
                break;
            }
            chosen.add(segment.getKey());
            rows += more;
        }
        return chosen.size() > 1 ? chosen : List.of();
    }

    private static List<PublishedFile> filesOf(Snapshot published, Layout layout, Table table, String partition) {
        return PublishedFile.of(published, layout, table).stream()
                .filter(file -> file.partition().equals(List.of(partition)))
                .toList();
    }

    /** Rows of a table that are read. */
    long rowsOf(Table table) {
        return inputs.stream()
                .filter(file -> file.table().equals(table))
                .mapToLong(PublishedFile::rows)
                .sum();
    }
}
