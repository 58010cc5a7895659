package com.qcompany.batch.ingest;

import com.fasterxml.jackson.core.JacksonException;
import com.qcompany.batch.ingest.LandingGroup.LandingFile;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.GroupRecord.Status;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.LeaseCheck;
import com.qcompany.warehouse.state.SequencedFiles;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Prepares and carries out intents. One is written down before anything else is changed; from then on the next run does what is left
 * of it. So a group is never recorded twice, and never in the raw zone without a record once a run has followed.
 */
record Intents(
        FileSystem fs,
        Layout layout,
        Ledger ledger,
        RawZone rawZone,
        FileInspection inspection,
        LeaseCheck lease,
        Clock clock) {

    private static final String UNKNOWN_FINGERPRINT = "unknown";

    /** What an ingest is about to do with a group; a duplicate has no verified copy. */
    record Intent(GroupRecord record, @Nullable String incoming, String fingerprint) {}

    /**
     * Inspects a group, compares it with the ledger and, unless its content is known, copies it to a hidden place; empty
     * if the last version of its name has the same content. Changes nothing that anybody sees; what it leaves behind when
     * it is killed the next run deletes.
     *
     * <p>Content that a later version of its name replaced is not known: whoever delivers it again means it.
     */
    Optional<Intent> prepare(LandingGroup group, LocalDateTime hour) throws IOException {
        group.requireOneFileOfEachFeed();
        List<FileRecord> files = new ArrayList<>();
        for (LandingFile file : group.files()) {
            files.add(inspection.of(file));
        }
        Optional<GroupRecord> latest = ledger.latest(group.name());
        if (latest.isPresent() && Ledger.contentOf(latest.get().files()).equals(Ledger.contentOf(files))) {
            ledger.add(latest.get(), group.fingerprint());
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
        Path place = layout.rawGroup(source.hour(), RawName.of(source.name()) + version);
        if (fs.exists(place)) {
            throw new IOException("Cannot accept %s: %s exists and no record names it (move it away)"
                    .formatted(group.folder(), place));
        }
        List<FileRecord> compared = new ArrayList<>();
        for (FileRecord file : files) {
            compared.add(ledger.compared(file, source.name()));
        }
        Path received = rawZone.receive(group, compared);
        new Erasures(fs, layout).eraseReceived(received, group, compared, inspection.maxRecordBytes());
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

    /** Makes a prepared group visible and records it. */
    void commit(Intent intent) throws IOException {
        lease.verify();
        ImmutableFiles.write(fs, file(intent.record().sequence()), intent);
        complete(intent);
    }

    /** Completes what a crashed run began and deletes what it had not begun to commit. */
    Optional<GroupRecord> recover() throws IOException {
        OptionalLong sequence = files().last(fs);
        Optional<Intent> intent = Optional.empty();
        try {
            if (sequence.isPresent()) {
                intent = Optional.of(ImmutableFiles.read(fs, file(sequence.getAsLong()), Intent.class));
                complete(intent.get());
            }
        } catch (IOException e) {
            String group = intent.map(begun -> begun.record().group() + ", ").orElse("");
            throw new IOException(
                    "Cannot complete %s%s, which an earlier ingest began: %s (mend that, or give it up with ingest --abandon)"
                            .formatted(group, file(sequence.getAsLong()), e.getMessage()),
                    e);
        }
        lease.verify();
        discard();
        rawZone.discardReceived();
        return intent.map(Intent::record);
    }

    /**
     * Gives up what a crashed run began and cannot be completed. Copies are moved away, not deleted, and the landing
     * folder counts as new again, unless the group is recorded already.
     */
    Optional<String> abandon() throws IOException {
        OptionalLong sequence = files().last(fs);
        if (sequence.isEmpty()) {
            return Optional.empty();
        }
        lease.verify();
        Path file = file(sequence.getAsLong());
        Optional<GroupRecord> begun = readable(file);
        Optional<GroupRecord> recorded = ledger.find(sequence.getAsLong());
        Optional<Path> place = begun.filter(record -> recorded.isEmpty() && record.rawPath() != null)
                .map(ledger::rawDirectory);
        String moved = Stream.concat(
                        rawZone.abandon(rawZone.incoming()).stream(),
                        place.isEmpty() ? Stream.empty() : rawZone.abandon(place.get()).stream())
                .map(Path::toString)
                .collect(Collectors.joining(" and "));
        if (recorded.isPresent()) {
            ledger.add(recorded.get(), UNKNOWN_FINGERPRINT);
            rawZone.mark(layout.takenFlag(SourceGroup.parseHour(recorded.get().hour())));
        }
        discard();
        return Optional.of("Abandoned the intent %s of %s%s%s"
                .formatted(
                        file.getName(),
                        begun.map(record -> record.group().text()).orElse("a group whose intent cannot be read"),
                        recorded.isPresent() ? "; the group is recorded" : "; the folder counts as new again",
                        moved.isEmpty() ? "" : "; the copy was moved to " + moved));
    }

    private void complete(Intent intent) throws IOException {
        GroupRecord record = intent.record();
        if (intent.incoming() != null) {
            rawZone.publish(new Path(layout.root(), intent.incoming()), ledger.rawDirectory(record));
        }
        ledger.add(record, intent.fingerprint());
        // For a scheduler: the hour has a group.
        rawZone.mark(layout.takenFlag(SourceGroup.parseHour(record.hour())));
        fs.delete(file(record.sequence()), false);
    }

    /** Deletes the intent, and what runs left behind that crashed while they wrote one. */
    private void discard() throws IOException {
        fs.delete(files().directory(), true);
    }

    private Optional<GroupRecord> readable(Path file) throws IOException {
        try {
            return Optional.of(ImmutableFiles.read(fs, file, Intent.class).record());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private SequencedFiles files() {
        return new SequencedFiles(layout.state("ledger/intents"));
    }

    private Path file(long sequence) {
        return files().file(sequence);
    }
}
