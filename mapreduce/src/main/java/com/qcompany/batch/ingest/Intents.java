package com.qcompany.batch.ingest;

import com.fasterxml.jackson.core.JacksonException;
import com.qcompany.batch.publish.LeaseCheck;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.SequencedFiles;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Carries out intents. One is written down before anything else is changed; from then on the next run does what is left
 * of it. So a group is never recorded twice, and never in the raw zone without a record once a run has followed.
 */
record Intents(FileSystem fs, Layout layout, Ledger ledger, RawZone rawZone, LeaseCheck lease) {

    private static final String UNKNOWN_FINGERPRINT = "unknown";

    /** What an ingest is about to do with a group; a duplicate has no verified copy. */
    record Intent(GroupRecord record, @Nullable String incoming, String fingerprint) {}

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
            index(recorded.get(), UNKNOWN_FINGERPRINT);
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
        ledger.add(record);
        index(record, intent.fingerprint());
        // For a scheduler: the hour has a group.
        rawZone.mark(layout.takenFlag(SourceGroup.parseHour(record.hour())));
        fs.delete(file(record.sequence()), false);
    }

    private void index(GroupRecord record, String fingerprint) throws IOException {
        ledger.index().addContents(record);
        ledger.index().addName(record, fingerprint);
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
