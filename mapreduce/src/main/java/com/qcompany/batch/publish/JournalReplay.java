package com.qcompany.batch.publish;

import com.qcompany.batch.publish.JournalEntry.Move;
import com.qcompany.batch.publish.JournalEntry.PartitionLocation;
import com.qcompany.batch.publish.JournalEntry.TableChange;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Rename;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Carries out a committed journal entry. Every step is done or found done, so that a replay can follow a replay that was
 * cut short anywhere; of two replays at once each step happens once.
 */
final class JournalReplay {

    private final FileSystem fs;
    private final Layout layout;
    private final Catalog catalog;
    private final LeaseCheck lease;
    private final StagingArea staging;
    private final ParallelTasks parallel;

    JournalReplay(
            FileSystem fs,
            Layout layout,
            Catalog catalog,
            LeaseCheck lease,
            StagingArea staging,
            ParallelTasks parallel) {
        this.fs = fs;
        this.layout = layout;
        this.catalog = catalog;
        this.lease = lease;
        this.staging = staging;
        this.parallel = parallel;
    }

    /** Does all that the entry says; the snapshot, written last, says that it is done. */
    void run(JournalEntry entry) throws IOException {
        Path source = staging.locate(entry.runId());
        for (TableChange change : entry.changes()) {
            apply(change, source);
        }
        lease.verify();
        catalog.showSales(entry.after().mergedUpTo(), entry.sequence());
        for (TableChange change : entry.changesAfter()) {
            apply(change, source);
        }
        writeSnapshot(entry);
        staging.remove(entry.runId());
    }

    private void apply(TableChange change, Path source) throws IOException {
        List<Path> directories = change.moves().stream()
                .map(move -> fromRoot(move.target()).getParent())
                .distinct()
                .toList();
        parallel.forEach(directories, fs::mkdirs);
        parallel.forEach(change.moves(), move -> move(move, source));
        changeCatalog(change);
    }

    private void move(Move move, Path staged) throws IOException {
        Path source = new Path(staged, move.source());
        Path target = fromRoot(move.target());
        if (Rename.attempt(fs, source, target)) {
            return;
        }
        boolean sourceThere = fs.exists(source);
        boolean targetThere = fs.exists(target);
        if (sourceThere || !targetThere) {
            lease.verify();
            throw new IOException(
                    "Cannot publish %s as %s: %s (expected exactly one of them; restore the missing file and rerun)"
                            .formatted(source, target, sourceThere ? "the rename was refused" : "neither is there"));
        }
    }

    private void changeCatalog(TableChange change) throws IOException {
        Table table = StarSchema.table(change.table());
        String location = change.location();
        if (location != null) {
            lease.verify();
            catalog.setTableLocation(table, fromRoot(location));
        }
        if (!change.added().isEmpty()) {
            lease.verify();
            catalog.addPartitions(table, locations(change.added()));
        }
        if (!change.relocated().isEmpty()) {
            lease.verify();
            catalog.setPartitionLocations(table, locations(change.relocated()));
        }
        if (!change.dropped().isEmpty()) {
            lease.verify();
            catalog.dropPartitions(table, change.dropped());
        }
    }

    private Map<List<String>, Path> locations(List<PartitionLocation> partitions) {
        Map<List<String>, Path> locations = new LinkedHashMap<>();
        partitions.forEach(partition -> locations.put(partition.values(), fromRoot(partition.location())));
        return locations;
    }

    private void writeSnapshot(JournalEntry entry) throws IOException {
        lease.verify();
        try {
            Snapshots.write(fs, layout, entry.after());
        } catch (FileAlreadyExistsException e) {
            lease.verify();
        }
    }

    private Path fromRoot(String relative) {
        return fs.makeQualified(new Path(layout.root(), relative));
    }
}
