package com.qcompany.batch.publish;

import com.qcompany.batch.publish.JournalEntry.Move;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Rename;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Carries out a committed journal entry. Every step is done or found done, so that a replay can follow a replay that was
 * cut short anywhere; of two replays at once each step happens once. A row of {@code load_runs} is seen after everything
 * that it tells of.
 */
final class JournalReplay {

    private final FileSystem fs;
    private final Layout qualified;
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
        this.qualified = new Layout(fs.makeQualified(layout.root()));
        this.catalog = catalog;
        this.lease = lease;
        this.staging = staging;
        this.parallel = parallel;
    }

    /** Does all that the entry says of the state before; the snapshot, written last, says that it is done. */
    void run(Snapshot before, JournalEntry entry) throws IOException {
        Path source = staging.locate(entry.runId());
        for (Table table : StarSchema.TABLES) {
            if (table != StarSchema.LOAD_RUNS) {
                apply(table, before, entry, source);
            }
        }
        lease.verify();
        catalog.showSales(entry.after().mergedUpTo(), entry.sequence());
        apply(StarSchema.LOAD_RUNS, before, entry, source);
        writeSnapshot(entry);
        staging.remove(entry.runId());
    }

    private void apply(Table table, Snapshot before, JournalEntry entry, Path source) throws IOException {
        List<Move> moves = entry.movesOf(table);
        List<Path> directories = moves.stream()
                .map(move -> fromRoot(move.target()).getParent())
                .distinct()
                .toList();
        parallel.forEach(directories, fs::mkdirs);
        parallel.forEach(moves, move -> move(move, source));
        CatalogChange.between(before, entry.after(), qualified, table).apply(catalog, lease);
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

    private void writeSnapshot(JournalEntry entry) throws IOException {
        lease.verify();
        try {
            Snapshots.write(fs, qualified, entry.after());
        } catch (FileAlreadyExistsException e) {
            lease.verify();
        }
    }

    private Path fromRoot(String relative) {
        return new Path(qualified.root(), relative);
    }
}
