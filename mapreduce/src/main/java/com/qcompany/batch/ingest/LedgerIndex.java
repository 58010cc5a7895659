package com.qcompany.batch.ingest;

import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;

/**
 * Finds ledger records without reading all of them. Entries are made once the record is there, before its intent is
 * deleted. Not thread-safe.
 *
 * <pre>
 * state/ledger/by-content/XX/CONTENT@SEQUENCE         content of an accepted group, or of a file that was new
 * state/ledger/by-name/XX/NAME@SEQUENCE@FINGERPRINT   a folder's name, and the folder's fingerprint at ingest
 * </pre>
 */
final class LedgerIndex {

    private final EntryDirectory byContent;
    private final EntryDirectory byName;

    LedgerIndex(FileSystem fs, Layout layout) {
        this.byContent = new EntryDirectory(fs, layout.state("ledger/by-content"));
        this.byName = new EntryDirectory(fs, layout.state("ledger/by-name"));
    }

    /** A group's content: its files' feeds and contents, whatever the files are called. */
    static String contentOf(List<FileRecord> files) {
        return files.stream().map(LedgerIndex::contentOf).sorted().collect(Collectors.joining("\n", "group\n", ""));
    }

    /** A file's feed and content. */
    static String contentOf(FileRecord file) {
        return file.feed() + " " + file.contentDigest();
    }

    /** Sequences of records that have a content, lowest first. */
    List<Long> withContent(String content) throws IOException {
        return sequences(byContent.of(content)).sorted().toList();
    }

    /** Sequences of records that have a name, highest first. */
    List<Long> withName(String name) throws IOException {
        return sequences(byName.of(name))
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** Whether a folder of this name and fingerprint led to the last record of the name; reads no record. */
    boolean holdsUnchanged(String name, String fingerprint) throws IOException {
        List<Long> sequences = withName(name);
        return !sequences.isEmpty()
                && byName.of(name).contains(List.of(sequences.get(0).toString(), fingerprint));
    }

    /** Notes that a folder with this name and fingerprint has the content of a record. */
    void addName(GroupRecord record, String fingerprint) throws IOException {
        byName.add(record.name(), Long.toString(record.sequence()), fingerprint);
    }

    /** Makes the contents of a record known; the same again changes nothing. */
    void addContents(GroupRecord record) throws IOException {
        if (record.status() == GroupRecord.Status.ACCEPTED) {
            byContent.add(contentOf(record.files()), Long.toString(record.sequence()));
            for (FileRecord file : record.files()) {
                if (file.duplicateOf() == null) {
                    byContent.add(contentOf(file), Long.toString(record.sequence()));
                }
            }
        }
    }

    private static Stream<Long> sequences(List<List<String>> entries) {
        return entries.stream().map(parts -> Long.valueOf(parts.get(0)));
    }
}
