package com.qcompany.batch.publish;

import com.qcompany.batch.publish.JournalEntry.Move;
import com.qcompany.batch.publish.JournalEntry.PartitionLocation;
import com.qcompany.batch.publish.JournalEntry.TableChange;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.PartitionState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Decides a publish: which file goes where, under which name, and what readers look up afterwards. A pure function, so
 * that what is replayed after a crash is what was decided before it.
 *
 * <p>Dimensions come before facts, which refer to them, and conventional tables last, so that a row of {@code load_runs}
 * is seen when everything it tells of is.
 */
final class PublishPlan {

    private final Snapshot before;
    private final Layout layout;
    private final PublishRequest request;
    private final long sequence;
    private final Map<String, Long> tableVersions;
    private final Map<String, Map<String, PartitionState>> partitions = new HashMap<>();
    private int filesNamed;

    private PublishPlan(Snapshot before, Layout layout, PublishRequest request) {
        this.before = before;
        this.layout = layout;
        this.request = request;
        this.sequence = before.sequence() + 1;
        this.tableVersions = new HashMap<>(before.tableVersions());
        before.partitions().forEach((table, states) -> partitions.put(table, new TreeMap<>(states)));
    }

    /**
     * Plans a publish.
     *
     * @throws IllegalArgumentException if the request contradicts itself or the snapshot
     */
    static JournalEntry of(Snapshot before, Layout layout, PublishRequest request) {
        return new PublishPlan(before, layout, request).plan();
    }

    private JournalEntry plan() {
        List<TableChange> changes = Stream.of(request.appends(), request.rewrites())
                .flatMap(List::stream)
                .map(StagedFile::table)
                .distinct()
                .sorted(Comparator.comparing(Table::storage).thenComparing(Table::name))
                .map(this::change)
                .toList();
        return new JournalEntry(sequence, request.runId(), request.command(), changes, after());
    }

    private TableChange change(Table table) {
        return switch (table.storage()) {
            case VERSIONED_TABLE -> replaceTable(table);
            case VERSIONED_PARTITIONS -> changePartitions(table);
            case CONVENTIONAL -> appendConventional(table);
        };
    }

    private TableChange replaceTable(Table table) {
        Path directory = layout.tableVersion(table, sequence);
        List<Move> moves = byPartition(table, request.appends()).values().stream()
                .flatMap(files -> moves(files, directory).stream())
                .toList();
        long replaced = before.versionOf(table);
        tableVersions.put(table.name(), sequence);
        return new TableChange(
                table.name(),
                moves,
                fromRoot(directory),
                List.of(),
                List.of(),
                replaced == 0 ? List.of() : List.of(fromRoot(layout.tableVersion(table, replaced))));
    }

    private TableChange changePartitions(Table table) {
        Map<List<String>, List<StagedFile>> appends = byPartition(table, request.appends());
        Map<List<String>, List<StagedFile>> rewrites = byPartition(table, request.rewrites());
        List<Move> moves = new ArrayList<>();
        List<PartitionLocation> added = new ArrayList<>();
        List<PartitionLocation> relocated = new ArrayList<>();
        List<String> superseded = new ArrayList<>();
        appends.forEach((values, files) -> {
            PartitionState state = stateBefore(table, values);
            long version = state == null ? sequence : state.version();
            Path directory = layout.partitionVersion(table, values, version);
            moves.addAll(moves(files, directory));
            if (state == null) {
                added.add(new PartitionLocation(values, fromRoot(directory)));
            }
            setState(table, values, state == null ? new PartitionState(version, 0, 0) : state, files);
        });
        rewrites.forEach((values, files) -> {
            PartitionState state = requireRewritable(table, values, appends.keySet());
            Path directory = layout.partitionVersion(table, values, sequence);
            moves.addAll(moves(files, directory));
            relocated.add(new PartitionLocation(values, fromRoot(directory)));
            superseded.add(fromRoot(layout.partitionVersion(table, values, state.version())));
            setState(table, values, new PartitionState(sequence, 0, 0), files);
        });
        return new TableChange(table.name(), moves, null, added, relocated, superseded);
    }

    private TableChange appendConventional(Table table) {
        List<Move> moves = new ArrayList<>();
        List<PartitionLocation> added = new ArrayList<>();
        byPartition(table, request.appends()).forEach((values, files) -> {
            Path directory = layout.partition(table, values);
            moves.addAll(moves(files, directory));
            added.add(new PartitionLocation(values, fromRoot(directory)));
        });
        return new TableChange(table.name(), moves, null, added, List.of(), List.of());
    }

    private PartitionState requireRewritable(Table table, List<String> values, Set<List<String>> appended) {
        PartitionState state = stateBefore(table, values);
        if (state == null || appended.contains(values)) {
            throw new IllegalArgumentException("Cannot rewrite %s %s: it %s (a rewrite replaces what is published)"
                    .formatted(table.name(), values, state == null ? "is not published" : "gets appends as well"));
        }
        return state;
    }

    private List<Move> moves(List<StagedFile> files, Path directory) {
        return files.stream()
                .map(file -> new Move(
                        fromStaging(file.file()),
                        fromRoot(new Path(directory, "%s-%05d.parquet".formatted(request.runId(), filesNamed++)))))
                .toList();
    }

    private @Nullable PartitionState stateBefore(Table table, List<String> values) {
        return before.partitionsOf(table).get(String.join("/", values));
    }

    private void setState(Table table, List<String> values, PartitionState base, List<StagedFile> files) {
        PartitionState state = new PartitionState(
                base.version(),
                base.files() + files.size(),
                base.rows() + files.stream().mapToLong(StagedFile::rows).sum());
        partitions.computeIfAbsent(table.name(), name -> new TreeMap<>()).put(String.join("/", values), state);
    }

    private Snapshot after() {
        SortedSet<Long> beyond = new TreeSet<>(before.loadedBeyond());
        beyond.addAll(request.ledgerSequencesLoaded());
        beyond.removeIf(loaded -> loaded <= before.loadedUpTo());
        long upTo = before.loadedUpTo();
        while (beyond.remove(upTo + 1)) {
            upTo++;
        }
        return new Snapshot(sequence, tableVersions, partitions, upTo, beyond);
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

    private static Map<List<String>, List<StagedFile>> byPartition(Table table, List<StagedFile> files) {
        Map<List<String>, List<StagedFile>> byPartition = new LinkedHashMap<>();
        for (StagedFile file : files) {
            if (file.table().equals(table)) {
                byPartition
                        .computeIfAbsent(file.partition(), values -> new ArrayList<>())
                        .add(file);
            }
        }
        return byPartition;
    }
}
