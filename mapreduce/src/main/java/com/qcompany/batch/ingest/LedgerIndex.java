package com.qcompany.batch.ingest;

import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Finds ledger records without reading all of them. An entry is an empty file whose name says everything:
 *
 * <pre>
 * by-content/XX/SHA256@SEQUENCE                 content of an accepted group
 * by-name/XX/NAME@SEQUENCE@FINGERPRINT          folder name, and the folder's fingerprint when it was taken
 * </pre>
 *
 * XX is the first byte of a digest, so that a directory holds a 256th of the entries and is listed once a run. Entries
 * are made before the record they point to: whoever follows one checks the record. Not thread-safe.
 */
final class LedgerIndex {

    private static final char SEPARATOR = '@';

    private final FileSystem fs;
    private final Path byContent;
    private final Path byName;
    private final Map<Path, List<String>> listings = new HashMap<>();

    LedgerIndex(FileSystem fs, Path directory) {
        this.fs = fs;
        this.byContent = new Path(directory, "by-content");
        this.byName = new Path(directory, "by-name");
    }

    /** Sequences of records that may have a content, lowest first. */
    List<Long> withContent(String contentDigest) throws IOException {
        return entries(contentBucket(contentDigest), contentDigest)
                .map(entry -> Long.parseLong(entry.get(1)))
                .sorted()
                .toList();
    }

    /** Sequences of records that may have a name, highest first. */
    List<Long> withName(String name) throws IOException {
        return entries(nameBucket(name), encode(name))
                .map(entry -> Long.parseLong(entry.get(1)))
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** The last record that a folder of this name and fingerprint led to, unless the name has a later one. */
    OptionalLong unchanged(String name, String fingerprint) throws IOException {
        List<Long> sequences = withName(name);
        return entries(nameBucket(name), encode(name))
                .filter(entry -> entry.get(2).equals(fingerprint))
                .mapToLong(entry -> Long.parseLong(entry.get(1)))
                .filter(sequence -> sequence == sequences.get(0))
                .findFirst();
    }

    /** Adds the entries of a record; the same again changes nothing. */
    void add(GroupRecord record, String fingerprint) throws IOException {
        if (record.status() == GroupRecord.Status.ACCEPTED) {
            String content = Digests.ofContent(record.files());
            put(contentBucket(content), content + SEPARATOR + record.sequence());
        }
        addFingerprint(record, fingerprint);
    }

    /** Notes that a folder with this fingerprint has the content of a record. */
    void addFingerprint(GroupRecord record, String fingerprint) throws IOException {
        put(nameBucket(record.name()), encode(record.name()) + SEPARATOR + record.sequence() + SEPARATOR + fingerprint);
    }

    private void put(Path bucket, String entry) throws IOException {
        List<String> listing = listing(bucket);
        if (!listing.contains(entry)) {
            fs.create(new Path(bucket, entry), true).close();
            listing.add(entry);
        }
    }

    private Stream<List<String>> entries(Path bucket, String key) throws IOException {
        return listing(bucket).stream()
                .map(entry -> List.of(entry.split(String.valueOf(SEPARATOR))))
                .filter(entry -> entry.get(0).equals(key));
    }

    private List<String> listing(Path bucket) throws IOException {
        List<String> known = listings.get(bucket);
        if (known == null) {
            known = new ArrayList<>(list(bucket));
            listings.put(bucket, known);
        }
        return known;
    }

    private List<String> list(Path bucket) throws IOException {
        return Listing.of(fs, bucket).stream()
                .map(FileStatus::getPath)
                .map(Path::getName)
                .toList();
    }

    private Path contentBucket(String contentDigest) {
        return new Path(byContent, contentDigest.substring(0, 2));
    }

    private Path nameBucket(String name) {
        return new Path(byName, Digests.ofText(name).substring(0, 2));
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }
}
