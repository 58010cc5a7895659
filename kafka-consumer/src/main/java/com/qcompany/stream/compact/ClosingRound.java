package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamLayout;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/** One round of closing, under its lease and with a staging directory of its own. */
final class ClosingRound {

    private final FileSystem fs;
    private final StreamLayout layout;
    private final LeaseCheck lease;
    private final Clock clock;
    private final LateInterval lateInterval;
    private final ClosingStaging staging;
    private final PendingEpochs pending;
    private final HourFiles open;
    private final ClosingJournal journal;
    private final ClosingReplay replay;
    private CompactionSummary summary = CompactionSummary.NOTHING;

    ClosingRound(
            Configuration conf,
            FileSystem fs,
            StreamLayout layout,
            PartitionRegistrar registrar,
            LeaseCheck lease,
            Clock clock) {
        this.fs = fs;
        this.layout = layout;
        this.lease = lease;
        this.clock = clock;
        this.lateInterval = new LateInterval(StreamSettings.LATE_INTERVAL.get(conf));
        this.pending = new PendingEpochs(fs, layout);
        this.open = new HourFiles(fs, layout.open());
        this.journal = new ClosingJournal(fs, layout);
        this.staging = new ClosingStaging(fs, layout, journal, new HourCopy(conf, lease), clock);
        this.replay = new ClosingReplay(fs, layout, journal, registrar);
    }

    /** Hours that have files which are not yet visible. */
    List<EventHour> openHours() throws IOException {
        return open.hours();
    }

    CompactionSummary summary() {
        return summary;
    }

    /** Completes or takes back what earlier rounds began, and removes what they staged for nothing. */
    void recover(Failures failures) throws IOException {
        for (Closing closing : journal.unfinished()) {
            lease.verify();
            failures.catching(closing.name().hour(), () -> carryOut(closing));
        }
        lease.verify();
        removeStaging();
    }

    /**
     * Publishes an hour's open files as one, unless late events were published a short while ago.
     *
     * @return when there can be something to do for the hour
     */
    Instant closeDue(EventHour hour) throws IOException {
        JournalState state = journal.state(hour);
        Instant earliest = lateInterval.earliest(state.last());
        if (!clock.instant().isBefore(earliest)) {
            close(hour, state.next());
        }
        open.removeIfEmpty(hour);
        return earliest;
    }

    /** The same whenever the last ones were published. */
    void closeByHand(EventHour hour) throws IOException {
        close(hour, journal.state(hour).next());
        open.removeIfEmpty(hour);
    }

    /** Removes what this round staged, or an earlier one for nothing. */
    void removeStaging() throws IOException {
        staging.clean();
    }

    private void close(EventHour hour, int number) throws IOException {
        List<FileStatus> files = open.publishedOf(hour, pending::ids);
        if (!files.isEmpty()) {
            Closing closing = staging.prepare(new ClosingName(hour, number), files);
            lease.verify();
            journal.commit(closing);
            carryOut(closing);
        }
    }

    private void carryOut(Closing closing) throws IOException {
        if (replay.run(closing)) {
            summary = summary.with(closing);
        }
    }
}
