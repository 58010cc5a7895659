package com.qcompany.batch.ingest;

import com.qcompany.batch.ingest.Intents.Intent;
import com.qcompany.batch.ingest.LandingGroup.LandingFile;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.GroupRecord.Status;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Prepares the record of a group: inspects it, compares it with the ledger and copies it. Changes nothing that anybody
 * sees; what it leaves behind when it is killed the next run deletes. {@link Intents} does the rest.
 */
record GroupIngest(Ledger ledger, RawZone rawZone, FileInspection inspection, Clock clock) {

    /**
     * Inspects a group and, unless its content is known, copies it to a hidden place; empty if the last version of its
     * name has the same content.
     *
     * <p>Content that a later version of its name replaced is not known: whoever delivers it again means it.
     */
    Optional<Intent> prepare(LandingGroup group, LocalDateTime hour) throws IOException {
        List<FileRecord> files = new ArrayList<>();
        for (LandingFile file : group.files()) {
            files.add(inspection.of(file));
        }
        Optional<GroupRecord> latest = ledger.latest(group.name());
        if (latest.isPresent() && LedgerIndex.contentOf(latest.get().files()).equals(LedgerIndex.contentOf(files))) {
            ledger.index().addName(latest.get(), group.fingerprint());
            return Optional.empty();
        }
        SourceGroup source = new SourceGroup(
                hour, group.name(), latest.map(GroupRecord::version).orElse(0) + 1);
        Optional<GroupRecord> original = ledger.withContent(files);
        return Optional.of(
                original.isPresent()
                        ? new Intent(record(source, files, original.get().sequence(), null), null, group.fingerprint())
                        : accept(group, source, files));
    }

    private Intent accept(LandingGroup group, SourceGroup source, List<FileRecord> files) throws IOException {
        String version = source.version() == 1 ? "" : "@" + source.version();
        Path place = rawZone.layout().rawGroup(source.hour(), RawName.of(source.name()) + version);
        if (rawZone.fs().exists(place)) {
            throw new IOException("Cannot accept %s: %s exists and no record names it (move it away)"
                    .formatted(group.folder(), place));
        }
        List<FileRecord> compared = new ArrayList<>();
        for (FileRecord file : files) {
            compared.add(ledger.compared(file, source.name()));
        }
        Path received = rawZone.receive(group, compared);
        return new Intent(
                record(source, compared, null, withoutFileSystem(place)),
                withoutFileSystem(received),
                group.fingerprint());
    }

    private GroupRecord record(
            SourceGroup source, List<FileRecord> files, @Nullable Long duplicateOf, @Nullable String rawPath)
            throws IOException {
        return new GroupRecord(
                ledger.lastSequence() + 1,
                source.name(),
                source.version(),
                SourceGroup.HOUR.format(source.hour()),
                duplicateOf == null ? Status.ACCEPTED : Status.DUPLICATE,
                duplicateOf,
                rawPath,
                files,
                clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    }

    /** The path alone, so that the record stays right when the file system's address changes. */
    private static String withoutFileSystem(Path path) {
        return Path.getPathWithoutSchemeAndAuthority(path).toString();
    }
}
