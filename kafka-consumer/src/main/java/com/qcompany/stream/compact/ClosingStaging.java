package com.qcompany.stream.compact;

import com.qcompany.stream.HourSummary.PartitionRows;
import com.qcompany.stream.StreamLayout;
import com.qcompany.stream.compact.Closing.Input;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What rounds write before they commit it: each has a directory of its own. */
final class ClosingStaging {

    private final FileSystem fs;
    private final StreamLayout layout;
    private final ClosingJournal journal;
    private final HourCopy copy;
    private final Clock clock;
    private final Path ofThisRound;

    ClosingStaging(FileSystem fs, StreamLayout layout, ClosingJournal journal, HourCopy copy, Clock clock) {
        this.fs = fs;
        this.layout = layout;
        this.journal = journal;
        this.copy = copy;
        this.clock = clock;
        this.ofThisRound =
                new Path(layout.compactionStaging(), UUID.randomUUID().toString());
    }

    /** Writes and verifies what a closing will make visible, and changes nothing else. */
    Closing prepare(ClosingName name, List<FileStatus> files) throws IOException {
        Path staged = new Path(ofThisRound, name.file());
        List<PartitionRows> partitions =
                copy.copy(files.stream().map(FileStatus::getPath).toList(), staged);
        return new Closing(
                name.hour().toString(),
                name.number(),
                files.stream()
                        .map(file -> new Input(layout.below(file.getPath()), file.getLen()))
                        .toList(),
                layout.below(staged),
                layout.below(new Path(layout.visible(name.hour()), name.file())),
                partitions.stream().mapToLong(PartitionRows::rows).sum(),
                fs.getFileStatus(staged).getLen(),
                clock.millis(),
                partitions);
    }

    /** Removes what no closing needs: this round's, that of rounds that were cut short, and torn journal entries. */
    void clean() throws IOException {
        for (FileStatus entry : Listing.of(fs, layout.closings())) {
            if (entry.getPath().getName().startsWith(".")) {
                fs.delete(entry.getPath(), false);
            }
        }
        Set<String> needed = journal.unfinished().stream()
                .map(closing -> new Path(closing.staged()).getParent().getName())
                .collect(Collectors.toSet());
        for (FileStatus round : Listing.of(fs, layout.compactionStaging())) {
            if (!needed.contains(round.getPath().getName())) {
                fs.delete(round.getPath(), true);
            }
        }
    }
}
