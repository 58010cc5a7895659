package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamLayout;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** One run of the compactor, under its lease and with a staging directory of its own. */
final class CompactionRun {

    private final Configuration conf;
    private final FileSystem fs;
    private final StreamLayout layout;
    private final LeaseCheck lease;
    private final Clock clock;
    private final Path staging;
    private final PendingEpochs pending;
    private final HourFiles open;
    private final HourFiles visible;
    private final ClosingJournal journal;
    private final ClosingPlanner planner;
    private final ClosingReplay replay;
    private CompactionSummary summary = CompactionSummary.NOTHING;

    CompactionRun(
            Configuration conf,
            FileSystem fs,
            StreamLayout layout,
            PartitionRegistrar registrar,
            LeaseCheck lease,
            Clock clock) {
        this.conf = conf;
        this.fs = fs;
        this.layout = layout;
        this.lease = lease;
        this.clock = clock;
        this.staging = new Path(layout.compactionStaging(), UUID.randomUUID().toString());
        this.pending = new PendingEpochs(fs, layout);
        this.open = new HourFiles(fs, layout.open());
        this.visible = new HourFiles(fs, layout.warehouse().table(StarSchema.KAFKA));
        this.journal = new ClosingJournal(fs, layout);
        FileJoin join = new FileJoin(fs, conf);
        HourSort sort = new HourSort(fs, conf, SortMemory.ofThisHeap(), lease);
        this.planner = new ClosingPlanner(fs, conf, layout, staging, sort, join, clock);
        this.replay = new ClosingReplay(fs, layout, journal, join, registrar);
    }

    HourFiles open() {
        return open;
    }

    HourFiles visible() {
        return visible;
    }

    CompactionSummary summary() {
        return summary;
    }

    /** Completes or takes back what earlier runs began, and removes what they staged for nothing. */
    void recover(Failures failures) throws IOException {
        for (Closing closing : journal.unfinished()) {
            lease.verify();
            failures.catching(EventHour.parse(closing.hour()), () -> carryOut(closing));
        }
        lease.verify();
        removeStaging();
    }

    /** Publishes an hour's hidden files, unless late events were published a short while ago. */
    void closeDue(EventHour hour) throws IOException {
        ClosingJournal.State state = journal.state(hour);
        if (!isTooSoon(state)) {
            close(hour, state.next());
        }
        open.removeIfEmpty(hour);
        joinAbove(hour, StreamSettings.LATE_MAX_FILES.get(conf));
    }

    /** Joins an hour's visible files; false if some have to wait. */
    boolean joinDue(EventHour hour) throws IOException {
        ClosingJournal.State state = journal.state(hour);
        HourFiles.Files files = visible.of(hour, pending::ids);
        if (files.published().size() > 1 && isTooSoon(state)) {
            return false;
        }
        join(hour, state.next(), files.published());
        return files.pending() == 0;
    }

    /** Publishes an hour's hidden files and joins the visible ones where the file system can. */
    void closeByHand(EventHour hour) throws IOException {
        close(hour, journal.state(hour).next());
        open.removeIfEmpty(hour);
        joinAbove(hour, 1);
    }

    /** Removes what runs staged and no closing needs: this one's, and those of runs that were cut short. */
    void removeStaging() throws IOException {
        journal.removeTorn();
        Set<String> needed = journal.unfinished().stream()
                .map(closing -> new Path(closing.staged()).getParent().getName())
                .collect(Collectors.toSet());
        for (FileStatus run : Listing.of(fs, layout.compactionStaging())) {
            if (!needed.contains(run.getPath().getName())) {
                fs.delete(run.getPath(), true);
            }
        }
    }

    private void close(EventHour hour, int number) throws IOException {
        List<FileStatus> files = open.of(hour, pending::ids).published();
        if (!files.isEmpty()) {
            commit(planner.rewrite(hour, number, files));
        }
    }

    private void joinAbove(EventHour hour, int most) throws IOException {
        ClosingJournal.State state = journal.state(hour);
        List<FileStatus> files = visible.of(hour, pending::ids).published();
        if (files.size() > most && LiveVisibility.isPossible(fs, layout.visible(hour))) {
            join(hour, state.next(), files);
        }
    }

    private void join(EventHour hour, int number, List<FileStatus> files) throws IOException {
        if (files.size() > 1) {
            commit(planner.concat(hour, number, files));
        }
    }

    private void commit(Closing closing) throws IOException {
        lease.verify();
        journal.commit(closing);
        carryOut(closing);
    }

    private void carryOut(Closing closing) throws IOException {
        if (replay.run(closing)) {
            summary = summary.with(closing);
        }
    }

    private boolean isTooSoon(ClosingJournal.State state) {
        return state.last()
                .map(last -> last.decided().plus(StreamSettings.LATE_INTERVAL.get(conf)))
                .filter(earliest -> clock.instant().isBefore(earliest))
                .isPresent();
    }
}
