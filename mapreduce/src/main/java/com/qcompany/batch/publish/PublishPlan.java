package com.qcompany.batch.publish;

import com.qcompany.batch.publish.JournalEntry.Move;
import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.schema.Table.Storage;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * Decides a publish: which file goes where, under which name, and what readers look up afterwards. A pure function, so
 * that what is replayed after a crash is what was decided before it.
 */
final class PublishPlan {
    private final Snapshot before;
    private final Layout layout;
    private final PublishRequest request;
    private final long sequence;
    private final SortedMap<String, Version> tables;
    private final SortedMap<String, SortedMap<String, Version>> partitions = new TreeMap<>();

    private final List<Move> moves = new ArrayList<>();

    private PublishPlan(Snapshot before, Layout layout, PublishRequest request) {
        this.before = before;
        this.layout = layout;
        this.request = request;
        this.sequence = before.sequence() + 1;
        this.tables = new TreeMap<>(before.tables());
        before.partitions().forEach((table, versions) -> partitions.put(table, new TreeMap<>(versions)));
    }

    static JournalEntry of(Snapshot before, Layout layout, PublishRequest request) {
        return new PublishPlan(before, layout, request).plan();
    }

    private JournalEntry plan() {
        Map<Partition, List<DataFile>> replacements = byPartition(request.replacements);
        byPartition(request.appends).forEach((partition, staged) -> {
            if (replacements.containsKey(partition)) {
                throw new IllegalArgumentException("Cannot replace %s %s: it gets appends as well (one of the two)"
                        .formatted(partition.table().name(), partition.values()));
            }
            Version old = before.partitionsOf(partition.table()).get(key(partition));
            SortedMap<String, Long> rows = move(staged, partition, old == null ? sequence : old.number());
            if (old != null) {
                rows.putAll(old.files());
            }
            versionsOf(partition.table()).put(key(partition), new Version(old == null ? sequence : old.number(), rows));
        });
        replacements.forEach((partition, staged) -> {
            Version version = new Version(sequence, move(staged, partition, sequence));
            if (partition.table().storage() == Storage.VERSIONED_TABLE) {
                tables.put(partition.table().name(), version);
            } else {
                versionsOf(partition.table()).put(key(partition), version);
            }
        });
        request.dropped.forEach(partition -> versionsOf(partition.table()).remove(key(partition)));
        return new JournalEntry(sequence, request.runId, request.command, moves, after());
    }

    /** Names staged files where readers find them; returns the rows by name. */
    private SortedMap<String, Long> move(List<DataFile> staged, Partition partition, long version) {
        Path directory = directory(partition, version);
        SortedMap<String, Long> rows = new TreeMap<>();
        for (DataFile file : staged) {
            String name = "%d-%05d.parquet".formatted(sequence, rows.size());
            String source = relative(layout.staging(request.runId), file.path());
            String target = relative(layout.root(), new Path(directory, name));
            moves.add(new Move(partition.table().name(), source, target));
            rows.put(name, file.rows());
        }
        return rows;
    }

    private Path directory(Partition partition, long version) {
        Table table = partition.table();
        return switch (table.storage()) {
            case VERSIONED_TABLE -> layout.tableVersion(table, version);
            case VERSIONED_PARTITIONS -> layout.partitionVersion(table, partition.values(), version);
            case CONVENTIONAL, VIEW ->
                throw new IllegalArgumentException("Cannot publish files of %s: its storage is %s (expected %s or %s)"
                        .formatted(
                                table.name(), table.storage(), Storage.VERSIONED_TABLE, Storage.VERSIONED_PARTITIONS));
        };
    }

    private SortedMap<String, Version> versionsOf(Table table) {
        return partitions.computeIfAbsent(table.name(), name -> new TreeMap<>());
    }

    private Snapshot after() {
        SortedSet<Long> beyond = new TreeSet<>(before.decidedBeyond());
        beyond.addAll(request.decided);
        long upTo = before.decidedUpTo();
        beyond.removeIf(decided -> decided <= upTo);
        long next = upTo;
        while (beyond.remove(next + 1)) {
            next++;
        }
        SortedSet<Long> refused = new TreeSet<>(before.refused());
        refused.addAll(request.refused);
        refused.removeAll(request.noLongerRefused);
        return new Snapshot(
                Snapshot.FORMAT,
                sequence,
                request.mergedUpTo(before),
                tables,
                partitions,
                next,
                beyond,
                refused,
                before.addedColumns());
    }

    /** Compares paths without their scheme, which one may name and the other leave to the default. */
    private static String relative(Path parent, Path path) {
        String prefix = parent.toUri().getPath() + "/";
        String text = path.toUri().getPath();
        if (!text.startsWith(prefix)) {
            throw new IllegalArgumentException(
                    "Cannot publish %s: it lies elsewhere (expected below %s)".formatted(path, parent));
        }
        return text.substring(prefix.length());
    }

    private static String key(Partition partition) {
        return String.join("/", partition.values());
    }

    private static Map<Partition, List<DataFile>> byPartition(List<DataFile> files) {
        return files.stream()
                .collect(Collectors.groupingBy(
                        file -> new Partition(file.table(), file.partition()),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }
}
