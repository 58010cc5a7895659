package com.qcompany.ops.schedule.explain;

import com.qcompany.batch.ingest.Ledger;
import com.qcompany.warehouse.state.DecidedGroups;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Listing;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Whether an hour's group was taken, and whether it is loaded: raw zone, ledger, snapshot and flags. */
record BatchFindings(FileSystem fs, Layout layout, Configuration conf) {

    List<Finding> of(LocalDateTime hour) throws IOException {
        String name = SourceGroup.HOUR.format(hour);
        Path flag = layout.takenFlag(hour);
        List<String> groups = groups(Objects.requireNonNull(flag.getParent()));
        Ledger ledger = Ledger.open(fs, layout);
        Snapshot published = Snapshots.latest(fs, layout);
        String pending = names(ledger.pending(published), name);
        String refused = names(ledger.read(published.refused()), name);
        boolean isTaken = fs.exists(flag);
        if (!isTaken && groups.isEmpty() && fs.exists(layout.landedFlag(hour))) {
            return List.of(Finding.failed(
                    "No group came for %s: it is missing. One that comes late is taken and loaded with a later hour"
                            .formatted(name)));
        }
        if (!isTaken && groups.isEmpty()) {
            return List.of(Finding.waiting("No group was taken for %s: %s is not there".formatted(name, flag)));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.fine(
                groups.isEmpty()
                        ? "The group of %s repeats an earlier one; there is nothing to load".formatted(name)
                        : "Taken for %s: %s".formatted(name, String.join(", ", groups))));
        if (!isTaken) {
            findings.add(Finding.waiting("Taking it was not completed: %s is not there".formatted(flag)));
        }
        if (!pending.isEmpty()) {
            findings.add(Finding.waiting("Not loaded yet: %s".formatted(pending)));
        }
        if (!refused.isEmpty()) {
            findings.add(
                    Finding.failed("Refused: %s (rejected_rows has its lines; deliver it again under the same name)"
                            .formatted(refused)));
        }
        String retracted = DecidedGroups.read(published, layout, conf).takenBack().stream()
                .filter(group -> group.hour().equals(hour))
                .map(SourceGroup::text)
                .collect(Collectors.joining(", "));
        if (!retracted.isEmpty()) {
            findings.add(Finding.fine("Taken back: %s (q restore undoes it)".formatted(retracted)));
        }
        if (isTaken && pending.isEmpty() && refused.isEmpty() && retracted.isEmpty()) {
            findings.add(Finding.fine("All of it is loaded"));
        }
        return findings;
    }

    /** Names of those of an hour, in order, after commas. */
    private static String names(List<GroupRecord> records, String hour) {
        return records.stream()
                .filter(record -> record.hour().equals(hour))
                .map(record -> record.group().text())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private List<String> groups(Path directory) throws IOException {
        return Listing.of(fs, directory).stream()
                .filter(FileStatus::isDirectory)
                .map(status -> status.getPath().getName())
                .filter(name -> !name.startsWith("_") && !name.startsWith("."))
                .toList();
    }
}
