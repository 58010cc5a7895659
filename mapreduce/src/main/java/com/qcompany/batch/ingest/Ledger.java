package com.qcompany.batch.ingest;

import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.GroupRecord.Status;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Listing;
import com.qcompany.warehouse.state.SequencedFiles;
import com.qcompany.warehouse.state.Snapshot;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What was ingested: one immutable JSON record a group, numbered from 1 without gaps.
 *
 * <pre>
 * state/ledger/records/BUCKET/SEQUENCE.json   a thousand records a bucket
 * state/ledger/upgraded/SEQUENCE.json         what is read in place of a record that {@link LedgerUpgrade} upgraded
 * state/ledger/intents/SEQUENCE.json          the one that is being written, see {@link Intents}
 * </pre>
 *
 * Any number of readers go with one writer, which holds the ingest lease. An instance is not thread-safe.
 */
public final class Ledger {

    /** Records in a directory. */
    public static final int BUCKET = 1_000;

    private final FileSystem fs;
    private final Layout layout;
    private final Path records;
    private final SequencedFiles upgraded;
    private final LedgerIndex index;

    private Ledger(FileSystem fs, Layout layout) {
        this.fs = fs;
        this.layout = layout;
        this.records = layout.state("ledger/records");
        this.upgraded = new SequencedFiles(layout.state("ledger/upgraded"));
        this.index = new LedgerIndex(fs, layout);
    }

    /** The ledger of a warehouse; one without records where none was written. */
    public static Ledger open(FileSystem fs, Layout layout) {
        return new Ledger(fs, layout);
    }

    /** Number of the last record, 0 before the first. */
    public long lastSequence() throws IOException {
        OptionalLong bucket = Listing.of(fs, records).stream()
                .mapToLong(status -> Long.parseLong(status.getPath().getName()))
                .max();
        if (bucket.isEmpty()) {
            return 0;
        }
        long beforeBucket = Math.max(0, bucket.getAsLong() * BUCKET - 1);
        return bucket(bucket.getAsLong()).last(fs).orElse(beforeBucket);
    }

    /**
     * Reads a record.
     *
     * @throws FileNotFoundException if there is none of this number
     */
    public GroupRecord read(long sequence) throws IOException {
        GroupRecord record = ImmutableFiles.read(fs, file(sequence), GroupRecord.class);
        return LedgerUpgrade.isOld(record)
                ? ImmutableFiles.find(fs, upgraded.file(sequence), GroupRecord.class)
                        .orElse(record)
                : record;
    }

    /** Accepted groups that a snapshot does not hold, in the order of the source. Reads no record that it says is decided. */
    public List<GroupRecord> pending(Snapshot snapshot) throws IOException {
        List<GroupRecord> pending = new ArrayList<>();
        long last = lastSequence();
        for (long sequence = snapshot.decidedUpTo() + 1; sequence <= last; sequence++) {
            if (!snapshot.isDecided(sequence)) {
                GroupRecord record = read(sequence);
                if (record.status() == Status.ACCEPTED) {
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

    /** The last version of a name, accepted or duplicate. */
    public Optional<GroupRecord> latest(String name) throws IOException {
        return first(index.withName(name), record -> record.name().equals(name));
    }

    /** A version of a name, accepted or duplicate. */
    public Optional<GroupRecord> find(String name, int version) throws IOException {
        return first(index.withName(name), record -> record.name().equals(name) && record.version() == version);
    }

    /** A record by its number. */
    Optional<GroupRecord> find(long sequence) throws IOException {
        try {
            return Optional.of(read(sequence));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The first accepted group of a content that is still the last version of its name. */
    Optional<GroupRecord> withContent(List<FileRecord> files) throws IOException {
        String content = LedgerIndex.contentOf(files);
        return current(content, record -> LedgerIndex.contentOf(record.files()).equals(content));
    }

    /** A file with the first accepted group of another name that has its content and is the last version of its name. */
    FileRecord compared(FileRecord file, String ownName) throws IOException {
        String content = LedgerIndex.contentOf(file);
        Optional<GroupRecord> original = current(
                content,
                record -> !record.name().equals(ownName)
                        && record.files().stream().map(LedgerIndex::contentOf).anyMatch(content::equals));
        return file.duplicating(original.map(GroupRecord::sequence).orElse(null));
    }

    /** How to find records. */
    LedgerIndex index() {
        return index;
    }

    /** Adds a record; nothing if it is there. */
    void add(GroupRecord record) throws IOException {
        Optional<GroupRecord> written = find(record.sequence());
        if (written.isEmpty()) {
            ImmutableFiles.write(fs, file(record.sequence()), record);
        } else if (!written.get().equals(record)) {
            throw new FileAlreadyExistsException("Cannot record %s as %d: the ledger has %s there (it is written once)"
                    .formatted(record.group(), record.sequence(), written.get().group()));
        }
    }

    /** Has another form of a record read in its place. */
    void upgrade(GroupRecord record) throws IOException {
        ImmutableFiles.write(fs, upgraded.file(record.sequence()), record);
    }

    private Optional<GroupRecord> current(String content, Predicate<GroupRecord> wanted) throws IOException {
        for (long sequence : index.withContent(content)) {
            GroupRecord record = read(sequence);
            if (wanted.test(record) && Optional.of(record).equals(latest(record.name()))) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    private Optional<GroupRecord> first(List<Long> sequences, Predicate<GroupRecord> wanted) throws IOException {
        for (long sequence : sequences) {
            Optional<GroupRecord> record = find(sequence).filter(wanted);
            if (record.isPresent()) {
                return record;
            }
        }
        return Optional.empty();
    }

    private Path file(long sequence) {
        return bucket(sequence / BUCKET).file(sequence);
    }

    private SequencedFiles bucket(long number) {
        return new SequencedFiles(new Path(records, "%07d".formatted(number)));
    }
}
