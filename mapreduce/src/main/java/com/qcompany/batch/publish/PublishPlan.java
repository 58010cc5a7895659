package com.qcompany.batch.publish;

import com.qcompany.batch.publish.JournalEntry.Move;
import com.qcompany.batch.publish.JournalEntry.PartitionLocation;
import com.qcompany.batch.publish.JournalEntry.TableChange;
import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.schema.Table.Storage;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * Decides a publish: which file goes where, under which name, and what readers look up afterwards. A pure function, so
 * that what is replayed after a crash is what was decided before it.
 *
 * <p>A row of {@code load_runs} is seen after everything that it tells of.
 */
final class PublishPlan {
    private final Snapshot before;
    private final Layout layout;
    private final PublishRequest request;
    private final long sequence;
    private final SortedMap<String, Version> tables;
    private final SortedMap<String, SortedMap<String, Version>> partitions = new TreeMap<>();

    private PublishPlan(Snapshot before, Layout layout, PublishRequest request) {
        this.before = before;
        this.layout = layout;
        this.request = request;
        this.sequence = before.sequence() + 1;
        this.tables = new TreeMap<>(before.tables());
        before.partitions().forEach((table, versions) -> partitions.put(table, new TreeMap<>(versions)));
    }

    /** Plans a publish. */
    static JournalEntry of(Snapshot before, Layout layout, PublishRequest request) {
        return new PublishPlan(before, layout, request).plan();
    }

    private JournalEntry plan() {
        List<TableChange> changes = new ArrayList<>();
        List<TableChange> changesAfter = new ArrayList<>();
        Stream.of(
                        request.appends().stream().map(StagedFile::table),
                        request.replacements().stream().map(StagedFile::table),
                        request.dropped().stream().map(Partition::table))
                .flatMap(names -> names)
                .distinct()
                .sorted(Comparator.comparing(Table::storage).thenComparing(Table::name))
                .forEach(table -> (table.equals(StarSchema.LOAD_RUNS) ? changesAfter : changes).add(change(table)));
        return new JournalEntry(sequence, request.runId(), request.command(), changes, changesAfter, after());
    }

    private TableChange change(Table table) {
        return switch (table.storage()) {
            case VERSIONED_TABLE -> replaceTable(table);
            case VERSIONED_PARTITIONS -> changePartitions(table);
            case CONVENTIONAL, VIEW ->
                throw new IllegalArgumentException("Cannot publish files of %s: its storage is %s (expected %s or %s)"
                        .formatted(
                                table.name(), table.storage(), Storage.VERSIONED_TABLE, Storage.VERSIONED_PARTITIONS));
        };
    }

    private TableChange replaceTable(Table table) {
        Path directory = layout.tableVersion(table, sequence);
        List<Move> moves = new ArrayList<>();
        SortedMap<String, Long> rows =
                move(byPartition(table, request.replacements()).getOrDefault(List.of(), List.of()), directory, moves);
        List<String> superseded = before.versionOf(table).stream()
                .map(version -> fromRoot(layout.tableVersion(table, version.number())))
                .toList();
        tables.put(table.name(), new Version(sequence, rows));
        return new TableChange(table.name(), moves, fromRoot(directory), List.of(), List.of(), List.of(), superseded);
    }

    private TableChange changePartitions(Table table) {
        Map<List<String>, List<StagedFile>> appends = byPartition(table, request.appends());
        Map<List<String>, List<StagedFile>> changes = byPartition(table, request.replacements());
        SortedMap<String, Version> after = partitions.computeIfAbsent(table.name(), name -> new TreeMap<>());
        List<Move> moves = new ArrayList<>();
        List<PartitionLocation> added = new ArrayList<>();
        List<PartitionLocation> relocated = new ArrayList<>();
        List<List<String>> dropped = new ArrayList<>();
        List<String> superseded = new ArrayList<>();
        appends.forEach((values, staged) -> {
            if (changes.put(values, staged) != null) {
                throw new IllegalArgumentException("Cannot replace %s %s: it gets appends as well (one of the two)"
                        .formatted(table.name(), values));
            }
        });
        changes.forEach((values, staged) -> {
            Version old = after.get(key(values));
            long number = old != null && appends.containsKey(values) ? old.number() : sequence;
            Path directory = layout.partitionVersion(table, values, number);
            SortedMap<String, Long> rows = move(staged, directory, moves);
            if (old == null) {
                added.add(new PartitionLocation(values, fromRoot(directory)));
            } else if (old.number() == number) {
                rows.putAll(old.files());
            } else {
                relocated.add(new PartitionLocation(values, fromRoot(directory)));
                superseded.add(fromRoot(layout.partitionVersion(table, values, old.number())));
            }
            after.put(key(values), new Version(number, rows));
        });
        for (Partition partition : request.dropped()) {
            Version old = partition.table().equals(table) ? after.remove(key(partition.values())) : null;
            if (old != null) {
                dropped.add(partition.values());
                superseded.add(fromRoot(layout.partitionVersion(table, partition.values(), old.number())));
            }
        }
        return new TableChange(table.name(), moves, null, added, relocated, dropped, superseded);
    }

    /** Names staged files where readers find them; returns the rows by name. */
    private SortedMap<String, Long> move(List<StagedFile> staged, Path directory, List<Move> moves) {
        SortedMap<String, Long> rows = new TreeMap<>();
        for (StagedFile file : staged) {
            String name = "%d-%05d.parquet".formatted(sequence, rows.size());
            moves.add(new Move(fromStaging(file.file()), fromRoot(new Path(directory, name))));
            rows.put(name, file.rows());
        }
        return rows;
    }

    private Snapshot after() {
        SortedSet<Long> beyond = new TreeSet<>(before.decidedBeyond());
        beyond.addAll(request.groups().decided());
        long upTo = before.decidedUpTo();
        beyond.removeIf(decided -> decided <= upTo);
        long next = upTo;
        while (beyond.remove(next + 1)) {
            next++;
        }
        SortedSet<Long> refused = new TreeSet<>(before.refused());
        refused.addAll(request.groups().refused());
        refused.removeAll(request.groups().noLongerRefused());
        return new Snapshot(Snapshot.FORMAT, sequence, request.mergedUpTo(), tables, partitions, next, beyond, refused);
    }

    private String fromRoot(Path path) {
        return relative(layout.root(), path);
    }

    private String fromStaging(Path path) {
        return relative(layout.staging(request.runId()), path);
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

    private static String key(List<String> values) {
        return String.join("/", values);
    }

    private static Map<List<String>, List<StagedFile>> byPartition(Table table, List<StagedFile> files) {
        return files.stream()
                .filter(file -> file.table().equals(table))
                .collect(Collectors.groupingBy(StagedFile::partition, LinkedHashMap::new, Collectors.toList()));
    }
}
