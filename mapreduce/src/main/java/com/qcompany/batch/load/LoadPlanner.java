package com.qcompany.batch.load;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.dimension.SeenIn;
import com.qcompany.batch.feed.CsvRecordReader;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.FeedParser;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.DecidedGroups;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Finds out what a load of some groups on some state has to read. */
final class LoadPlanner {
    /** What guards against doubling: without all of it a load would take sales and versions for new ones. */
    private static final List<Table> GUARDS = Stream.concat(
                    Stream.of(StarSchema.TRANSACTION_KEYS, StarSchema.SOURCE_GROUPS, StarSchema.WAITING_ROWS),
                    StarSchema.DIMENSIONS.stream())
            .toList();

    private final WarehouseRun run;
    private final Replay replay;
    private final FeedCatalog feeds;

    LoadPlanner(WarehouseRun run, Replay replay, FeedCatalog feeds) {
        this.run = run;
        this.replay = replay;
        this.feeds = feeds;
    }

    /**
     * Plans a load of groups in the order of the source. No group builds on the files of those that are refused. Stops
     * before anything is written where a published file is missing or has other rows than were published.
     */
    LoadPlan plan(
            String runId,
            Snapshot published,
            List<GroupRecord> groups,
            SortedSet<Long> refused,
            @Nullable Retraction retraction)
            throws IOException {
        for (Table table : GUARDS) {
            DataFile.requireAll(run.fs(), DataFile.of(published, run.layout(), table), run.conf());
        }
        LoadPlan plan = new LoadPlan(
                runId,
                run.layout().root().toString(),
                published.sequence(),
                groups,
                repeatedFiles(published, groups, refused, retraction),
                waitingGroups(published),
                Map.of(),
                refused,
                feeds,
                replay,
                retraction);
        plan.files().stream().filter(PlannedFile::isRead).forEach(PlannedFile::header);
        return plan.knowing(knownKeys(published, plan));
    }

    /**
     * Which agents and branches a sale may name: those that are published, and those that a group shows which is loaded.
     * Reads the files of the feeds that bring no sales, which are small next to the sales. Keys are texts, by name of a
     * dimension.
     */
    private Map<String, Set<String>> knownKeys(Snapshot published, LoadPlan plan) throws IOException {
        Retraction retraction = plan.retraction();
        Map<String, Set<String>> keys =
                publishedKeys(published, retraction == null ? Set.of() : retraction.forgotten());
        for (PlannedFile file : plan.files()) {
            boolean shows = file.kind() == PlannedFile.Kind.NEW || file.kind() == PlannedFile.Kind.SCANNED;
            if (shows && !file.feed().bringsSales() && !plan.refuses(file)) {
                addKeys(file, keys);
            }
        }
        return keys;
    }

    /**
     * Agents and branches that are published.
     *
     * @param forgotten ledger records of groups in which versions do not count as seen
     */
    Map<String, Set<String>> publishedKeys(Snapshot published, Set<Long> forgotten) throws IOException {
        Map<String, Set<String>> keys = new HashMap<>();
        for (Feed feed : feeds.feeds()) {
            for (OutputMapping mapping : feed.bringsSales() ? List.<OutputMapping>of() : feed.mappings()) {
                Set<String> ofTable = keys.computeIfAbsent(mapping.table().name(), any -> new HashSet<>());
                List<String> columns = forgotten.isEmpty()
                        ? List.of(mapping.keyColumn())
                        : List.of(mapping.keyColumn(), Dimension.SEEN_IN);
                Table versions = mapping.table().project(columns);
                DataFile.forEachRow(published, run.layout(), versions, run.conf(), row -> {
                    if (forgotten.isEmpty() || isSeen(row, forgotten)) {
                        ofTable.add(String.valueOf(row.get(mapping.keyColumn())));
                    }
                });
            }
        }
        return keys;
    }

    private static boolean isSeen(Row version, Set<Long> forgotten) {
        RoaringBitmap groups = SeenIn.groups(version.text(Dimension.SEEN_IN));
        forgotten.forEach(group -> groups.remove(Math.toIntExact(group)));
        return !groups.isEmpty();
    }

    private void addKeys(PlannedFile file, Map<String, Set<String>> keys) throws IOException {
        FeedParser parser = new FeedParser(file.header(), (table, key) -> true);
        List<OutputMapping> mappings = file.feed().mappings();
        try (CsvRecordReader records = file.records(0, run.conf())) {
            records.next();
            while (records.next()) {
                if (parser.parse(records) instanceof Accepted accepted) {
                    mappings.forEach(
                            mapping -> keys.computeIfAbsent(mapping.table().name(), any -> new HashSet<>())
                                    .add(mapping.key(accepted.values()).toString()));
                }
            }
        }
    }

    /** Files whose content an earlier group brought that is loaded, or is loaded now. */
    private Set<String> repeatedFiles(
            Snapshot published, List<GroupRecord> groups, Set<Long> refused, @Nullable Retraction retraction)
            throws IOException {
        Set<Long> loaded =
                SourceGroupRows.read(published, run.layout(), run.conf()).of(DecidedGroups.LOADED);
        groups.forEach(group -> loaded.add(group.sequence()));
        loaded.removeAll(refused);
        loaded.removeIf(group -> retraction != null && retraction.takesBack(group));
        Set<String> repeated = new HashSet<>();
        for (GroupRecord group : groups) {
            for (FileRecord file : group.files()) {
                Long original = file.duplicateOf();
                if (original != null && loaded.contains(original)) {
                    repeated.add(group.sequence() + "/" + file.feed());
                }
            }
        }
        return repeated;
    }

    private List<GroupRecord> waitingGroups(Snapshot published) throws IOException {
        Set<Long> sequences = new TreeSet<>(replay.groups());
        Table projection = StarSchema.WAITING_ROWS.project(List.of("group_sequence"));
        DataFile.forEachRow(
                published,
                run.layout(),
                projection,
                run.conf(),
                row -> sequences.add(row.require("group_sequence", Long.class)));
        return run.ledger().read(sequences);
    }
}
