package com.qcompany.batch.publish;

import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes directories that were superseded longer ago than {@code q.compact.retain-seconds}, when the last query that
 * could read them has ended, and after them the journal entries and snapshots that tell of it. Keeps the last entries
 * whatever their age, and the state that the oldest query may see. Works under the run's lease; interrupted anywhere, the next sweep does the rest.
 */
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int ENTRIES_KEPT = 50;

    private final FileSystem fs;
    private final Layout layout;
    private final Instant cutoff;

    private Retention(FileSystem fs, Layout layout, Instant cutoff) {
        this.fs = fs;
        this.layout = layout;
        this.cutoff = cutoff;
    }

    /** That which retains nothing for queries that run: they fail where they still need what was superseded. */
    public static Retention none(FileSystem fs, Layout layout) {
        return new Retention(fs, layout, Instant.ofEpochMilli(Long.MAX_VALUE));
    }

    /** @param clock its time is compared with modification times of the file system */
    public Retention(FileSystem fs, Layout layout, Configuration conf, Clock clock) {
        this(fs, layout, clock.instant().minus(Settings.COMPACT_RETAIN.get(conf)));
    }

    /**
     * The state that was current when the oldest query began that may still run; no query sees an older one. Empty where
     * none that old is kept.
     */
    public Optional<Snapshot> oldestInUse() throws IOException {
        List<Long> sequences = layout.snapshots().sequences(fs);
        for (int i = sequences.size() - 1; i >= 0; i--) {
            long sequence = sequences.get(i);
            FileStatus published = fs.getFileStatus(layout.snapshots().file(sequence));
            if (published.getModificationTime() <= cutoff.toEpochMilli()) {
                return Optional.of(Snapshots.read(fs, layout, sequence));
            }
        }
        return Optional.empty();
    }

    /**
     * Publishes whose sales can be seen still, ascending: those from the oldest in use on, but none of which a run that
     * retained less has deleted something.
     */
    public List<Long> retained() throws IOException {
        long oldest = oldestInUse().map(Snapshot::sequence).orElse(0L);
        Snapshot current = Snapshots.latest(fs, layout);
        List<Long> retained = new ArrayList<>();
        for (long sequence : layout.snapshots().sequences(fs)) {
            if (sequence >= oldest && isWhole(Snapshots.read(fs, layout, sequence), current)) {
                retained.add(sequence);
            }
        }
        return retained;
    }

    /** Whether the current state has all deltas that a state showed, and its superseded directories are there. */
    private boolean isWhole(Snapshot state, Snapshot current) throws IOException {
        Set<Path> superseded = directories(state);
        superseded.removeAll(directories(current));
        for (Path directory : superseded) {
            if (!fs.exists(directory)) {
                return false;
            }
        }
        Set<String> deltas = current.partitionsOf(StarSchema.SALES_DELTA).keySet();
        return state.unmergedDeltas().keySet().stream().map(String::valueOf).allMatch(deltas::contains);
    }

    /**
     * Deletes what is due: what older states than the oldest in use name and it does not. No later state names it again.
     */
    public void sweep(Snapshot current) throws IOException {
        Snapshot oldest = oldestInUse().orElse(Snapshot.empty());
        Set<Path> inUse = directories(oldest);
        inUse.addAll(directories(current));
        List<Long> older = layout.snapshots().sequences(fs).stream()
                .filter(sequence -> sequence < oldest.sequence())
                .toList();
        Set<Path> superseded = new HashSet<>();
        for (long sequence : older) {
            superseded.addAll(directories(Snapshots.read(fs, layout, sequence)));
        }
        superseded.removeAll(inUse);
        int deleted = 0;
        for (Path directory : superseded) {
            deleted += fs.delete(directory, true) ? 1 : 0;
        }
        for (long sequence : older) {
            if (sequence <= current.sequence() - ENTRIES_KEPT) {
                fs.delete(layout.journal().file(sequence), false);
                fs.delete(layout.snapshots().file(sequence), false);
            }
        }
        if (deleted > 0) {
            LOG.info("Deleted {} directories that no query reads any more", deleted);
        }
    }

    private Set<Path> directories(Snapshot state) {
        Set<Path> directories = new HashSet<>();
        for (Table table : StarSchema.TABLES) {
            DataFile.of(state, layout, table)
                    .forEach(file -> directories.add(file.path().getParent()));
        }
        return directories;
    }
}
