package com.qcompany.batch.ingest;

import com.qcompany.batch.publish.LeaseCheck;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.GroupRecord.Status;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Takes one group: inspects it, compares it with the ledger, copies it and records it.
 *
 * <p>{@link #prepare} changes nothing that anybody sees, and what it leaves behind when it is killed the next run
 * deletes. {@link #commit} first writes down its intent; from then on {@link #recover}, called by the next run, does
 * what is left. So a group is never recorded twice, and never in the raw zone without a record once a run has followed.
 */
final class GroupIngest {

    private static final Pattern NAME = Pattern.compile("[^@:/\\\\\\p{Cntrl}]+");

    private final FileSystem fs;
    private final Layout layout;
    private final Ledger ledger;
    private final RawZone rawZone;
    private final FileInspection inspection;
    private final Clock clock;
    private final LeaseCheck lease;

    GroupIngest(
            FileSystem fs,
            Layout layout,
            Ledger ledger,
            RawZone rawZone,
            FileInspection inspection,
            Clock clock,
            LeaseCheck lease) {
        this.fs = fs;
        this.layout = layout;
        this.ledger = ledger;
        this.rawZone = rawZone;
        this.inspection = inspection;
        this.clock = clock;
        this.lease = lease;
    }

    /** Completes what a crashed run began and deletes what it had not begun to commit. */
    Optional<GroupRecord> recover() throws IOException {
        Optional<Intent> intent = ledger.unfinished();
        if (intent.isPresent()) {
            complete(intent.get());
        }
        lease.verify();
        ledger.discardIntents();
        rawZone.discardReceived();
        return intent.map(Intent::record);
    }

    /**
     * Inspects a group and, unless its content is known, copies it to a hidden place.
     *
     * @param hour nominal hour, UTC
     * @param progress told of each byte three times: inspected, written, read back
     * @return what is to be recorded; empty if the last record of its name has the same content
     * @throws IOException naming the file that cannot be taken
     */
    Optional<Intent> prepare(LandingGroup group, LocalDateTime hour, LongConsumer progress) throws IOException {
        if (!NAME.matcher(group.name()).matches()) {
            throw new IOException("Cannot take %s: its name cannot be used (expected no @, : or backslash)"
                    .formatted(group.folder()));
        }
        List<FileRecord> files = new ArrayList<>();
        for (LandingFile file : group.files()) {
            files.add(inspection.of(file, progress));
        }
        String content = Digests.ofContent(files);
        Optional<GroupRecord> latest = ledger.latest(group.name());
        if (latest.isPresent() && Digests.ofContent(latest.get().files()).equals(content)) {
            ledger.noteFingerprint(latest.get(), group.fingerprint());
            return Optional.empty();
        }
        SourceGroup source = new SourceGroup(
                hour, group.name(), latest.map(GroupRecord::version).orElse(0) + 1);
        Optional<GroupRecord> original = ledger.accepted(content);
        if (original.isPresent()) {
            return Optional.of(
                    new Intent(record(source, files, original.get().sequence(), null), null, group.fingerprint()));
        }
        Path place = place(source);
        if (fs.exists(place)) {
            throw new IOException(
                    "Cannot take %s: %s exists and no record names it (move it away)".formatted(group.folder(), place));
        }
        Path received = rawZone.receive(group, files, progress);
        return Optional.of(new Intent(
                record(source, files, null, withoutFileSystem(place)),
                withoutFileSystem(received),
                group.fingerprint()));
    }

    /** Makes a prepared group visible and records it. */
    void commit(Intent intent) throws IOException {
        lease.verify();
        ledger.begin(intent);
        complete(intent);
    }

    private void complete(Intent intent) throws IOException {
        if (intent.incoming() != null) {
            rawZone.publish(new Path(layout.root(), intent.incoming()), ledger.rawDirectory(intent.record()));
        }
        ledger.add(intent);
        rawZone.markTaken(SourceGroup.parseHour(intent.record().hour()));
        ledger.finish(intent);
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

    private Path place(SourceGroup source) {
        String directory = source.version() == 1 ? source.name() : source.name() + "@" + source.version();
        return layout.rawGroup(source.hour(), directory);
    }

    /** The path alone, so that the record stays right when the file system's address changes. */
    private static String withoutFileSystem(Path path) {
        return Path.getPathWithoutSchemeAndAuthority(path).toString();
    }
}
