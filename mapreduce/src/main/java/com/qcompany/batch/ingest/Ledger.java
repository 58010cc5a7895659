package com.qcompany.batch.ingest;

import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.GroupRecord.Status;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Listing;
import com.qcompany.warehouse.state.ParallelTasks;
import com.qcompany.warehouse.state.SequencedFiles;
import com.qcompany.warehouse.state.Snapshot;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
 * state/ledger/by-content/XX/CONTENT@SEQUENCE        content of an accepted group, or of a file that was new
 * state/ledger/by-name/XX/NAME@SEQUENCE@FINGERPRINT  a folder's name, and the folder's fingerprint at ingest
 * </pre>
 *
 * Any number of readers go with one writer, which holds the ingest lease. An instance is not thread-safe.
 */
public final class Ledger {
    private static final int READERS = 4;

    private final FileSystem fs;
    private final Layout layout;
    private final SequencedFiles upgraded;
    private final EntryDirectory byContent;
    private final EntryDirectory byName;

    private Ledger(FileSystem fs, Layout layout) {
        this.fs = fs;
        this.layout = layout;
        this.upgraded = new SequencedFiles(layout.state("ledger/upgraded"));
        this.byContent = new EntryDirectory(fs, layout.state("ledger/by-content"));
        this.byName = new EntryDirectory(fs, layout.state("ledger/by-name"));
    }

    /** The ledger of a warehouse; one without records where none was written. */
    public static Ledger open(FileSystem fs, Layout layout) {
        return new Ledger(fs, layout);
    }

    /** Number of the last record, 0 before the first. */
    public long lastSequence() throws IOException {
        OptionalLong bucket = Listing.of(fs, layout.ledgerRecords()).stream()
                .mapToLong(status -> Long.parseLong(status.getPath().getName()))
                .max();
        if (bucket.isEmpty()) {
            return 0;
        }
        long beforeBucket = Math.max(0, bucket.getAsLong() * Layout.LEDGER_BUCKET - 1);
        return layout.ledgerBucket(bucket.getAsLong()).last(fs).orElse(beforeBucket);
    }

    /**
     * Reads a record.
     *
     * @throws FileNotFoundException if there is none of this number
     */
    public GroupRecord read(long sequence) throws IOException {
        GroupRecord record = ImmutableFiles.read(fs, layout.ledgerRecord(sequence), GroupRecord.class);
        return LedgerUpgrade.isOld(record)
                ? ImmutableFiles.find(fs, upgraded.file(sequence), GroupRecord.class)
                        .orElse(record)
                : record;
    }

    /** Reads records of some numbers, in their order, several at once. */
    public List<GroupRecord> read(Collection<Long> sequences) throws IOException {
        Map<Long, GroupRecord> records = new ConcurrentHashMap<>();
        new ParallelTasks(READERS).forEach(List.copyOf(sequences), sequence -> records.put(sequence, read(sequence)));
        return sequences.stream().map(records::get).toList();
    }

    /** Accepted groups that a snapshot does not hold, in the order of the source. Reads no record that it says is decided. */
    public List<GroupRecord> pending(Snapshot snapshot) throws IOException {
        return undecided(snapshot).stream()
                .filter(record -> record.status() == Status.ACCEPTED)
                .toList();
    }

    /** Accepted groups and duplicates that a snapshot does not hold, in the order of the source. */
    public List<GroupRecord> undecided(Snapshot snapshot) throws IOException {
        List<Long> undecided = LongStream.rangeClosed(snapshot.decidedUpTo() + 1, lastSequence())
                .filter(sequence -> !snapshot.isDecided(sequence))
                .boxed()
                .toList();
        return read(undecided).stream()
                .sorted(Comparator.comparing(GroupRecord::group))
                .toList();
    }

    /** Directory of the raw zone that holds an accepted group's files. */
    public Path rawDirectory(GroupRecord record) {
        return new Path(
                layout.root(), Objects.requireNonNull(record.rawPath(), "a duplicate has no files in the raw zone"));
    }

    /** The last version of a name, accepted or duplicate. */
    public Optional<GroupRecord> latest(String name) throws IOException {
        for (long sequence : withName(name)) {
            Optional<GroupRecord> record =
                    find(sequence).filter(found -> found.name().equals(name));
            if (record.isPresent()) {
                return record;
            }
        }
        return Optional.empty();
    }

    Optional<GroupRecord> find(long sequence) throws IOException {
        try {
            return Optional.of(read(sequence));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The first accepted group of a content that is still the last version of its name. */
    Optional<GroupRecord> withContent(List<FileRecord> files) throws IOException {
        String content = contentOf(files);
        return current(content, record -> contentOf(record.files()).equals(content));
    }

    /** A file with the first accepted group of another name that has its content and is the last version of its name. */
    FileRecord compared(FileRecord file, String ownName) throws IOException {
        String content = contentOf(file);
        Optional<GroupRecord> original = current(
                content,
                record -> !record.name().equals(ownName)
                        && record.files().stream().map(Ledger::contentOf).anyMatch(content::equals));
        Long sequence = original.map(GroupRecord::sequence).orElse(null);
        return file.knowing(file.contentDigest(), file.endsWithLineEnd(), sequence);
    }

    /** A group's content: its files' feeds and contents, whatever the files are called. */
    static String contentOf(List<FileRecord> files) {
        return files.stream().map(Ledger::contentOf).sorted().collect(Collectors.joining("\n", "group\n", ""));
    }

    private static String contentOf(FileRecord file) {
        return file.feed() + " " + file.contentDigest();
    }

    /** Whether a folder of this name and fingerprint led to the last record of the name; reads no record. */
    boolean holdsUnchanged(String name, String fingerprint) throws IOException {
        List<Long> sequences = withName(name);
        return !sequences.isEmpty()
                && byName.of(name).contains(List.of(sequences.get(0).toString(), fingerprint));
    }

    /**
     * Adds a record if it is not there, and notes that a folder with its name and this fingerprint has its content, so
     * that it is found without reading all records.
     */
    void add(GroupRecord record, String fingerprint) throws IOException {
        Optional<GroupRecord> written = find(record.sequence());
        if (written.isEmpty()) {
            ImmutableFiles.write(fs, layout.ledgerRecord(record.sequence()), record);
        } else if (!written.get().equals(record)) {
            throw new FileAlreadyExistsException("Cannot record %s as %d: the ledger has %s there (it is written once)"
                    .formatted(record.group(), record.sequence(), written.get().group()));
        }
        addContents(record);
        byName.add(record.name(), Long.toString(record.sequence()), fingerprint);
    }

    /** Has another form of a record read in its place. */
    void upgrade(GroupRecord record) throws IOException {
        addContents(record);
        ImmutableFiles.write(fs, upgraded.file(record.sequence()), record);
    }

    /** Makes the contents of a record known; the same again changes nothing. */
    private void addContents(GroupRecord record) throws IOException {
        if (record.status() == Status.ACCEPTED) {
            byContent.add(contentOf(record.files()), Long.toString(record.sequence()));
            for (FileRecord file : record.files()) {
                if (file.duplicateOf() == null) {
                    byContent.add(contentOf(file), Long.toString(record.sequence()));
                }
            }
        }
    }

    private Optional<GroupRecord> current(String content, Predicate<GroupRecord> wanted) throws IOException {
        for (long sequence : sequences(byContent.of(content)).sorted().toList()) {
            GroupRecord record = read(sequence);
            if (wanted.test(record) && Optional.of(record).equals(latest(record.name()))) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    /** Sequences of records that have a name, highest first. */
    private List<Long> withName(String name) throws IOException {
        return sequences(byName.of(name))
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private static Stream<Long> sequences(List<List<String>> entries) {
        return entries.stream().map(parts -> Long.valueOf(parts.get(0)));
    }
}
