package com.qcompany.batch.ingest;

import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Notes about texts, each an empty file {@code XX/DIGEST@PART@PART} whose name says everything.
 *
 * <p>XX is the first byte of the text's digest, so that a directory holds a 256th of the entries and is listed once a
 * run. Not thread-safe.
 */
final class EntryDirectory {

    private static final String SEPARATOR = "@";

    private final FileSystem fs;
    private final Path directory;
    private final Map<Path, List<String>> listings = new HashMap<>();

    EntryDirectory(FileSystem fs, Path directory) {
        this.fs = fs;
        this.directory = directory;
    }

    /** What is noted of a text, each as its parts. In place of the digest the release before wrote the encoded text. */
    List<List<String>> of(String text) throws IOException {
        List<String> beginnings = List.of(DigestUtils.sha256Hex(text), URLEncoder.encode(text, StandardCharsets.UTF_8));
        return listing(bucket(text)).stream()
                .map(entry -> List.of(entry.split(SEPARATOR)))
                .filter(parts -> beginnings.contains(parts.get(0)))
                .map(parts -> parts.subList(1, parts.size()))
                .toList();
    }

    /** Notes something of a text; false if it is noted already. */
    boolean add(String text, String... parts) throws IOException {
        String entry = DigestUtils.sha256Hex(text) + SEPARATOR + String.join(SEPARATOR, parts);
        List<String> listing = listing(bucket(text));
        if (listing.contains(entry)) {
            return false;
        }
        fs.create(new Path(bucket(text), entry), true).close();
        return listing.add(entry);
    }

    /** Forgets a text; false if nothing is noted of it. */
    boolean remove(String text) throws IOException {
        String digest = DigestUtils.sha256Hex(text);
        List<String> listing = listing(bucket(text));
        List<String> entries =
                listing.stream().filter(entry -> entry.startsWith(digest)).toList();
        for (String entry : entries) {
            fs.delete(new Path(bucket(text), entry), false);
        }
        return listing.removeAll(entries);
    }

    private List<String> listing(Path bucket) throws IOException {
        List<String> names = listings.get(bucket);
        if (names == null) {
            names = Listing.of(fs, bucket).stream()
                    .map(status -> status.getPath().getName())
                    .collect(Collectors.toCollection(ArrayList::new));
            listings.put(bucket, names);
        }
        return names;
    }

    private Path bucket(String text) {
        return new Path(directory, DigestUtils.sha256Hex(text).substring(0, 2));
    }
}
