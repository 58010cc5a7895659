package com.qcompany.batch.merge;

import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a merge reads to write anew, and the partitions that no query reads any more after it. */
record MergePlan(List<DataFile> inputs, List<Partition> dropped) {
    /** Files of the running day from which they are merged; those of days that have passed become one. */
    private static final int MAX_FILES = 16;

    MergePlan {
        inputs = List.copyOf(inputs);
        dropped = List.copyOf(dropped);
    }

    /** Plans a merge of some dates of the base; the oldest query may still see the oldest state. */
    static MergePlan of(
            Snapshot published, Layout layout, Set<String> dates, Snapshot oldest, LocalDate today, int daysKept) {
        List<DataFile> inputs = new ArrayList<>();
        List<Partition> dropped = new ArrayList<>();
        for (String date : dates) {
            inputs.addAll(DataFile.of(published, layout, StarSchema.SALES_BASE, date));
        }
        for (String addedIn : published.partitionsOf(StarSchema.SALES_DELTA).keySet()) {
            long publish = Long.parseLong(addedIn);
            if (publish > published.mergedUpTo()) {
                inputs.addAll(DataFile.of(published, layout, StarSchema.SALES_DELTA, addedIn));
            } else if (publish <= oldest.mergedUpTo()) {
                dropped.add(new Partition(StarSchema.SALES_DELTA, List.of(addedIn)));
            }
        }
        for (String segment : segmentsToMerge(published)) {
            inputs.addAll(DataFile.of(published, layout, StarSchema.TRANSACTION_KEYS, segment));
            dropped.add(new Partition(StarSchema.TRANSACTION_KEYS, List.of(segment)));
        }
        for (Table table : StarSchema.RECORDS_OF_RUNS) {
            for (Map.Entry<String, Version> day : published.partitionsOf(table).entrySet()) {
                LocalDate date = LocalDate.parse(day.getKey());
                int files = day.getValue().files().size();
                if (date.isBefore(today.minusDays(daysKept))) {
                    dropped.add(new Partition(table, List.of(day.getKey())));
                } else if (files > MAX_FILES || files > 1 && date.isBefore(today)) {
                    inputs.addAll(DataFile.of(published, layout, table, day.getKey()));
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
        SortedMap<Long, Version> newestFirst = new TreeMap<>(Comparator.reverseOrder());
        published
                .partitionsOf(StarSchema.TRANSACTION_KEYS)
                .forEach((segment, version) -> newestFirst.put(Long.valueOf(segment), version));
        List<String> chosen = new ArrayList<>();
        long rows = 0;
        for (Map.Entry<Long, Version> segment : newestFirst.entrySet()) {
            long more = segment.getValue().rows();
            if (!chosen.isEmpty() && more > 2 * rows) {
                break;
            }
            chosen.add(segment.getKey().toString());
            rows += more;
        }
        return chosen.size() > 1 ? chosen : List.of();
    }

    /** The same plan, which forgets the dates too of which no row was written again. */
    MergePlan droppingEmptied(List<DataFile> written) {
        Set<Partition> emptied = new LinkedHashSet<>(dropped);
        List<List<String>> kept = RowJob.of(StarSchema.SALES_BASE, written).stream()
                .map(DataFile::partition)
                .toList();
        inputs.stream()
                .filter(file -> file.table().equals(StarSchema.SALES_BASE) && !kept.contains(file.partition()))
                .forEach(file -> emptied.add(new Partition(file.table(), file.partition())));
        return new MergePlan(inputs, List.copyOf(emptied));
    }

    long rowsOf(Table table) {
        return inputs.stream()
                .filter(file -> file.table().equals(table))
                .mapToLong(DataFile::rows)
                .sum();
    }
}
