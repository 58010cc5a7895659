package com.qcompany.batch.ingest;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** A group folder as it lies in the landing directory. */
record LandingGroup(
        String name, Path folder, List<LandingFile> files, List<String> leftAside, boolean marked, Instant changed) {

    /** A file that belongs to a feed; size and modification time when the directory was read. */
    record LandingFile(Feed feed, Path path, long bytes, FileTime modified) {

        String name() {
            return path.getFileName().toString();
        }

        private String stamp() {
            return name() + " " + bytes + " " + modified.to(TimeUnit.NANOSECONDS);
        }
    }

    /** Feeds it has no file of but should. */
    List<Feed> missing(FeedCatalog catalog) {
        return catalog.feeds().stream()
                .filter(feed -> !feed.mayBeMissing())
                .filter(feed -> files.stream().noneMatch(file -> file.feed().equals(feed)))
                .toList();
    }

    /** Refuses two files of one feed, as a group's file is known by its feed. */
    void requireOneFileOfEachFeed() throws RefusedException {
        Map<String, LandingFile> byFeed = new HashMap<>();
        for (LandingFile file : files) {
            LandingFile other = byFeed.put(file.feed().name(), file);
            if (other != null) {
                throw new RefusedException("Cannot ingest %s: %s and %s are both of feed %s (expected one file of it)"
                        .formatted(
                                folder, other.name(), file.name(), file.feed().name()));
            }
        }
    }

    /** What belongs to no feed, as the end of a sentence; or nothing. */
    String leftAsideClause() {
        return leftAside.isEmpty() ? "" : ", leaving aside what belongs to no feed: " + String.join(" ", leftAside);
    }

    long bytes() {
        return files.stream().mapToLong(LandingFile::bytes).sum();
    }

    /**
     * Names, sizes and modification times of its files as one short digest: while it stays the same, the content is
     * assumed to be the same and is not read again.
     */
    String fingerprint() {
        return fingerprint(files.stream().map(LandingFile::stamp).collect(Collectors.joining("\n")));
    }

    static String fingerprint(String text) {
        return DigestUtils.sha256Hex(text).substring(0, 16);
    }
}
