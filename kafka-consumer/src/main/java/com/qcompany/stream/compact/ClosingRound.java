package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.RowTally.PartitionRows;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.StreamLineage;
import com.qcompany.stream.compact.Closing.Input;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.state.ErasedCustomers;
import com.qcompany.warehouse.state.ErasedFile;
import com.qcompany.warehouse.state.LeaseCheck;
import com.qcompany.warehouse.state.Listing;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.commons.lang3.ObjectUtils;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One round of closing, under its lease and with a staging directory of its own. */
final class ClosingRound {

    private static final Logger LOG = LoggerFactory.getLogger(ClosingRound.class);
    /** How long late events wait at most until their hour gets one more file. */
    private static final Duration MAX_LATE_INTERVAL = Duration.ofHours(6);

    private static final int MAX_DOUBLINGS = 16;

    private final StreamFiles stream;
    private final LeaseCheck lease;
    private final Clock clock;
    private final Duration lateInterval;
    private final HourCopy copy;
    private final Path staging;
    private final OpenFiles open;
    private final ClosingJournal journal;
    private final ClosingReplay replay;
    private final List<Closing> carriedOut = new ArrayList<>();

    ClosingRound(StreamFiles stream, PartitionRegistrar registrar, LeaseCheck lease, Clock clock) throws IOException {
        this.stream = stream;
        this.lease = lease;
        this.clock = clock;
        this.lateInterval = StreamSettings.LATE_INTERVAL.get(stream.conf());
        this.copy = new HourCopy(stream.conf(), ErasedCustomers.of(stream.fs(), stream.warehouse()));
        this.staging = new Path(stream.path("compacting"), UUID.randomUUID().toString());
        this.open = new OpenFiles(stream);
        this.journal = new ClosingJournal(stream);
        this.replay = new ClosingReplay(stream, journal, registrar);
    }

    /** The closings that it has carried out so far. */
    List<Closing> carriedOut() {
        return List.copyOf(carriedOut);
    }

    /** Completes or takes back what earlier rounds began, and removes what they staged for nothing. */
    void recover(Failures failures) throws IOException {
        new ErasedFile(stream.fs(), stream.warehouse()).complete();
        for (Closing closing : journal.unfinished()) {
            lease.verify();
            failures.catching(closing.eventHour(), () -> {
                if (journal.isVoid(closing)) {
                    LOG.info("Closing {} is void: another one of that number was carried out", closing.name());
                    journal.discard(closing);
                } else {
                    carryOut(closing);
                }
            });
        }
        lease.verify();
        removeStaging();
    }

    /**
     * Publishes an hour's open files as one, unless late events were published a short while ago.
     *
     * @param isByHand whether late events need not wait
     * @return when there can be something to do for the hour
     */
    Instant close(EventHour hour, boolean isByHand) throws IOException {
        Optional<Closing> last = journal.last(hour);
        Instant earliest = isByHand ? Instant.MIN : last.map(this::nextAfter).orElse(Instant.MIN);
        List<FileStatus> files = clock.instant().isBefore(earliest) ? List.of() : open.publishedOf(hour);
        if (!files.isEmpty()) {
            Closing closing = stage(hour, last.map(Closing::number).orElse(0) + 1, files);
            lease.verify();
            journal.commit(closing);
            carryOut(closing);
        }
        open.removeIfEmpty(hour);
        return earliest;
    }

    /** Removes what no closing needs: this round's, that of rounds that were cut short, and torn journal entries. */
    void removeStaging() throws IOException {
        for (FileStatus entry : Listing.of(stream.fs(), stream.closings())) {
            if (entry.getPath().getName().startsWith(".")) {
                stream.fs().delete(entry.getPath(), false);
            }
        }
        Set<String> needed = journal.unfinished().stream()
                .map(closing -> new Path(closing.staged()).getParent().getName())
                .collect(Collectors.toSet());
        for (FileStatus round : Listing.of(stream.fs(), stream.path("compacting"))) {
            if (!needed.contains(round.getPath().getName())) {
                stream.fs().delete(round.getPath(), true);
            }
        }
    }

    /** The wait doubles with each file, so that an hour has few files however long events keep coming. */
    private Instant nextAfter(Closing last) {
        Duration doubled = lateInterval.multipliedBy(1L << Math.min(MAX_DOUBLINGS, last.number() - 1));
        return Instant.ofEpochMilli(last.decidedMillis())
                .plus(ObjectUtils.max(lateInterval, ObjectUtils.min(doubled, MAX_LATE_INTERVAL)));
    }

    /** Finds or writes, and verifies, what a closing will make visible, and changes nothing else. */
    private Closing stage(EventHour hour, int number, List<FileStatus> files) throws IOException {
        String name = Closing.name(hour.toString(), number) + ".parquet";
        List<Path> inputs = files.stream().map(FileStatus::getPath).toList();
        HourCopy.Copy staged = copy.copy(inputs, new Path(staging, name));
        return new Closing(
                hour.toString(),
                number,
                files.stream()
                        .map(file -> new Input(stream.below(file.getPath()), file.getLen()))
                        .toList(),
                stream.below(staged.file()),
                stream.below(new Path(stream.visible(hour), name)),
                staged.partitions().stream().mapToLong(PartitionRows::rows).sum(),
                stream.fs().getFileStatus(staged.file()).getLen(),
                clock.millis(),
                staged.partitions());
    }

    private void carryOut(Closing closing) throws IOException {
        if (replay.run(closing)) {
            carriedOut.add(closing);
            StreamLineage.tell(stream.conf(), EventType.COMPLETE, "close", closing.name(), closing.rows());
        }
    }
}
