package com.qcompany.batch.ingest;

import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Listing;
import com.qcompany.warehouse.state.Snapshot;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What was taken in: one immutable JSON record a group, numbered from 1 without gaps.
 *
 * <pre>
 * state/ledger/records/BUCKET/SEQUENCE.json   a thousand records a bucket
 * state/ledger/intents/SEQUENCE.json          the one that is being written, see {@link Intent}
 * state/ledger/by-content, by-name            see {@link LedgerIndex}
 * </pre>
 *
 * Any number of readers go with one writer, which holds the ingest lease. An instance is not thread-safe.
 */
public final class Ledger {

    private static final int BUCKET = 1_000;
    private static final String JSON = ".json";

    private final FileSystem fs;
    private final Layout layout;
    private final Path records;
    private final Path intents;
    private final LedgerIndex index;
    private long lastKnown;

    private Ledger(FileSystem fs, Layout layout) {
        this.fs = fs;
        this.layout = layout;
        Path directory = layout.state("ledger");
        this.records = new Path(directory, "records");
        this.intents = new Path(directory, "intents");
        this.index = new LedgerIndex(fs, directory);
    }

    /** The ledger of a warehouse; one without records where none was written. */
    public static Ledger open(FileSystem fs, Layout layout) {
        return new Ledger(fs, layout);
    }

    /** Number of the last record, 0 before the first. */
    public long lastSequence() throws IOException {
        OptionalLong bucket = last(records);
        if (bucket.isEmpty()) {
            return 0;
        }
        long beforeBucket = Math.max(0, bucket.getAsLong() * BUCKET - 1);
        return last(bucket(bucket.getAsLong())).orElse(beforeBucket);
    }

    /**
     * Reads a record.
     *
     * @throws FileNotFoundException if there is none of this number
     */
    public GroupRecord read(long sequence) throws IOException {
        return ImmutableFiles.read(fs, file(sequence), GroupRecord.class);
    }

    /** Accepted groups that a snapshot does not hold, in the order of the source. Reads no record it says is loaded. */
    public List<GroupRecord> pending(Snapshot snapshot) throws IOException {
        List<GroupRecord> pending = new ArrayList<>();
        long last = lastSequence();
        for (long sequence = snapshot.loadedUpTo() + 1; sequence <= last; sequence++) {
            if (!snapshot.isLoaded(sequence)) {
                GroupRecord record = read(sequence);
                if (record.status() == GroupRecord.Status.ACCEPTED) {
                    pending.add(record);
                }
            }
        }
        pending.sort(Comparator.comparing(GroupRecord::group));
        return pending;
    }

    /** Directory of the raw zone that holds an accepted group's files. */
    public Path rawDirectory(GroupRecord record) {
        return new Path(
                layout.root(), Objects.requireNonNull(record.rawPath(), "a duplicate has no files in the raw zone"));
    }

    /** The last record of a name. */
    Optional<GroupRecord> latest(String name) throws IOException {
        for (long sequence : index.withName(name)) {
            Optional<GroupRecord> record =
                    find(sequence).filter(found -> found.name().equals(name));
            if (record.isPresent()) {
                return record;
            }
        }
        return Optional.empty();
    }

    /** The accepted record of a content. */
    Optional<GroupRecord> accepted(String contentDigest) throws IOException {
        for (long sequence : index.withContent(contentDigest)) {
            Optional<GroupRecord> record = find(sequence)
                    .filter(found -> found.status() == GroupRecord.Status.ACCEPTED)
                    .filter(found -> Digests.ofContent(found.files()).equals(contentDigest));
            if (record.isPresent()) {
                return record;
            }
        }
        return Optional.empty();
    }

    /** Whether a folder of this name and fingerprint led to the last record of the name; reads no record. */
    boolean holdsUnchanged(String name, String fingerprint) throws IOException {
        OptionalLong sequence = index.unchanged(name, fingerprint);
        if (sequence.isPresent() && sequence.getAsLong() > lastKnown) {
            lastKnown = lastSequence();
        }
        return sequence.isPresent() && sequence.getAsLong() <= lastKnown;
    }

    /** Notes that a folder, touched but not changed, has the content of a record. */
    void noteFingerprint(GroupRecord record, String fingerprint) throws IOException {
        index.addFingerprint(record, fingerprint);
    }

    /**
     * Writes down what is about to be done. From here on it will be done, by this run or the next.
     *
     * @throws FileAlreadyExistsException if another run wrote one of this number
     */
    void begin(Intent intent) throws IOException {
        ImmutableFiles.write(fs, intentFile(intent.record().sequence()), intent);
    }

    /** The intent that a run left behind. */
    Optional<Intent> unfinished() throws IOException {
        OptionalLong sequence = last(intents);
        return sequence.isEmpty()
                ? Optional.empty()
                : Optional.of(ImmutableFiles.read(fs, intentFile(sequence.getAsLong()), Intent.class));
    }

    /** Deletes what runs left behind that crashed while they wrote an intent. */
    void discardIntents() throws IOException {
        fs.delete(intents, true);
    }

    /** Adds the record of an intent, its index entries first; does what is left of that when repeated. */
    void add(Intent intent) throws IOException {
        GroupRecord record = intent.record();
        index.add(record, intent.fingerprint());
        Optional<GroupRecord> written = find(record.sequence());
        if (written.isEmpty()) {
            ImmutableFiles.write(fs, file(record.sequence()), record);
        } else if (!written.get().equals(record)) {
            throw new FileAlreadyExistsException("Cannot record %s as %d: the ledger has %s there (it is written once)"
                    .formatted(record.group(), record.sequence(), written.get().group()));
        }
    }

    /** Deletes an intent that has been carried out. */
    void finish(Intent intent) throws IOException {
        fs.delete(intentFile(intent.record().sequence()), false);
    }

    private Optional<GroupRecord> find(long sequence) throws IOException {
        return ImmutableFiles.find(fs, file(sequence), GroupRecord.class);
    }

    private OptionalLong last(Path directory) throws IOException {
        return Listing.of(fs, directory).stream()
                .map(FileStatus::getPath)
                .map(Path::getName)
                .filter(name -> !name.startsWith("."))
                .mapToLong(name -> Long.parseLong(name.replace(JSON, "")))
                .max();
    }

    private Path file(long sequence) {
        return new Path(bucket(sequence / BUCKET), "%010d".formatted(sequence) + JSON);
    }

    private Path bucket(long number) {
        return new Path(records, "%07d".formatted(number));
    }

    private Path intentFile(long sequence) {
        return new Path(intents, "%010d".formatted(sequence) + JSON);
    }
}
