package com.qcompany.batch.publish;

import com.qcompany.batch.publish.JournalEntry.Move;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.CatalogChange;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.LeaseCheck;
import com.qcompany.warehouse.state.ParallelTasks;
import com.qcompany.warehouse.state.Rename;
import com.qcompany.warehouse.state.SequencedFiles;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the files of a run visible to readers: each of them once and none missed, wherever a run is killed.
 *
 * <p>Used under the lease {@code state/leases/warehouse}: {@link #recover} first, which completes or discards what
 * earlier runs began and returns the state that the run works on; {@link #publish} last. Not thread-safe.
 */
public final class Publisher {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final String PREPARED = "_journal.json";

    private final FileSystem fs;
    private final Layout layout;
    private final Catalog catalog;
    private final Configuration conf;
    private final LeaseCheck lease;
    private final SequencedFiles journal;
    private final StagingArea staging;
    private final ParallelTasks parallel;

    /**
     * A publisher for one run.
     *
     * @param catalog what readers look tables up in; stays open
     * @param lease check of the lease under which the run works
     */
    public Publisher(FileSystem fs, Layout layout, Catalog catalog, LeaseCheck lease, Configuration conf) {
        this.fs = fs;
        this.layout = new Layout(fs.makeQualified(layout.root()));
        this.catalog = catalog;
        this.conf = conf;
        this.lease = lease;
        this.journal = layout.journal();
        this.staging = new StagingArea(fs, layout);
        this.parallel = new ParallelTasks(Settings.PUBLISH_THREADS.get(conf));
    }

    /**
     * Completes a publish that was committed, discards the staging of runs that did not get there, and returns the
     * current state. Deletes every staging directory: a run makes its own after this.
     *
     * @throws IOException if the publish still cannot be completed, as when the catalog is down; nothing is lost
     */
    public Snapshot recover() throws IOException {
        lease.verify();
        rollForward();
        staging.fence();
        Snapshot current = rollForward();
        staging.discardFenced();
        return current;
    }

    /**
     * Publishes a run's files: commits a journal entry, then carries it out.
     *
     * @param before what {@link #recover} or the previous publish of this run returned, on which the request is based, with
     *     the columns that the run adds to the sales
     * @throws FileAlreadyExistsException if another run published since; nothing of this one was or will be published
     * @throws IOException if it failed; the message says whether the next run completes it, and until then the staging
     *     directory must stay
     * @throws IllegalArgumentException if the request contradicts itself or the state; nothing was published
     */
    public Snapshot publish(Snapshot before, PublishRequest request) throws IOException {
        long started = System.nanoTime();
        JournalEntry entry = PublishPlan.of(before, layout, request);
        parallel.forEach(request.replacements, this::verifyRows);
        refuseOutdated(before, request);
        commit(entry);
        complete(before, entry);
        LOG.info(
                "Published run {} as {}: {} files in {} ms",
                entry.runId(),
                entry.sequence(),
                request.files().size(),
                (System.nanoTime() - started) / 1_000_000);
        return entry.after();
    }

    /** Forgets views as of publishes before one; for a merge, before it leaves out rows that only they show. */
    public void hideSalesBefore(long sequence) throws IOException {
        lease.verify();
        catalog.hideSalesBefore(sequence);
    }

    private Snapshot rollForward() throws IOException {
        Snapshot current = Snapshots.latest(fs, layout);
        for (Path next = journal.file(current.sequence() + 1); fs.exists(next); ) {
            JournalEntry entry = ImmutableFiles.read(fs, next, JournalEntry.class);
            LOG.warn("Completing publish {} of run {}, which was cut short", entry.sequence(), entry.runId());
            complete(current, entry);
            current = entry.after();
            next = journal.file(current.sequence() + 1);
        }
        return current;
    }

    /**
     * The one rename before which nothing happened and after which everything will. The entry is prepared in the run's
     * staging directory, so that a run whose staging was {@link StagingArea#fence fenced} cannot commit: the rename finds
     * no source. The lease is checked between the two, when a preparation that made a fenced directory again is found out.
     */
    private void commit(JournalEntry entry) throws IOException {
        Path prepared = new Path(layout.staging(entry.runId()), PREPARED);
        Path target = journal.file(entry.sequence());
        fs.delete(prepared, false);
        ImmutableFiles.write(fs, prepared, entry);
        fs.mkdirs(journal.directory());
        lease.verify();
        if (fs.exists(target) || !Rename.attempt(fs, prepared, target)) {
            throw new FileAlreadyExistsException(
                    "Cannot commit publish %d of run %s: another run committed that number or discarded this run's staging"
                            .formatted(entry.sequence(), entry.runId()));
        }
    }

    private void complete(Snapshot before, JournalEntry entry) throws IOException {
        try {
            replay(before, entry);
        } catch (IOException e) {
            throw new IOException(
                    "Cannot complete publish %d of run %s: %s (it is committed to %s; the next run completes it)"
                            .formatted(entry.sequence(), entry.runId(), e.getMessage(), journal.file(entry.sequence())),
                    e);
        }
    }

    /**
     * Carries out a committed entry; the snapshot, written last, says that it is done. Every step is done or found done,
     * so that it can follow one that was cut short anywhere; of two at once each step happens once. A row of
     * {@code load_runs} is seen after everything that it tells of.
     */
    private void replay(Snapshot before, JournalEntry entry) throws IOException {
        Path source = staging.locate(entry.runId());
        for (Table table : StarSchema.TABLES) {
            if (table != StarSchema.LOAD_RUNS) {
                apply(table, before, entry, source);
            }
        }
        lease.verify();
        catalog.showSales(
                entry.after().mergedUpTo(), entry.sequence(), entry.after().addedColumns());
        apply(StarSchema.LOAD_RUNS, before, entry, source);
        writeSnapshot(entry);
        staging.remove(entry.runId());
    }

    private void apply(Table table, Snapshot before, JournalEntry entry, Path source) throws IOException {
        List<Move> moves = entry.moves().stream()
                .filter(move -> move.table().equals(table.name()))
                .toList();
        parallel.forEach(moves, move -> move(move, source));
        CatalogChange.between(before, entry.after(), layout, table).apply(catalog, lease);
    }

    private void move(Move move, Path staged) throws IOException {
        Path source = new Path(staged, move.source());
        Path target = new Path(layout.root(), move.target());
        fs.mkdirs(target.getParent());
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
            Snapshots.write(fs, layout, entry.after());
        } catch (FileAlreadyExistsException e) {
            lease.verify();
        }
    }

    private void refuseOutdated(Snapshot before, PublishRequest request) throws IOException {
        long published = Snapshots.latest(fs, layout).sequence();
        if (published != before.sequence()) {
            throw new FileAlreadyExistsException("Cannot publish run %s on state %d: state %d is published (rerun it)"
                    .formatted(request.runId, before.sequence(), published));
        }
    }

    /** Rows that are replaced cannot be had again once the old files are deleted; so the new footers are read first. */
    private void verifyRows(DataFile replacement) throws IOException {
        Path file = replacement.path();
        long rows = ParquetRows.rowCount(file, conf);
        if (rows != replacement.rows()) {
            throw new IOException(
                    "Cannot publish %s: it has %d rows (expected %d)".formatted(file, rows, replacement.rows()));
        }
    }
}
