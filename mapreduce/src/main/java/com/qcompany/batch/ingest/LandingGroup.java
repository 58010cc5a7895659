package com.qcompany.batch.ingest;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A group folder as it lies in the landing directory.
 *
 * @param name folder name
 * @param folder where it lies
 * @param files its files that belong to a feed, by name
 * @param strangers names of its files that belong to none
 * @param marked whether the source declared it complete, by a {@code _READY} or {@code .done} file
 * @param changed when it or one of its files was last changed
 */
record LandingGroup(
        String name, Path folder, List<LandingFile> files, List<String> strangers, boolean marked, Instant changed) {

    LandingGroup {
        files = List.copyOf(files);
        strangers = List.copyOf(strangers);
    }

    /** Feeds it has no file of. */
    List<Feed> missing(FeedCatalog catalog) {
        return catalog.feeds().stream()
                .filter(feed -> files.stream().noneMatch(file -> file.feed().equals(feed)))
                .toList();
    }

    /** Size of its files together. */
    long bytes() {
        return files.stream().mapToLong(LandingFile::bytes).sum();
    }

    /**
     * Names, sizes and modification times of its files as one short digest: while it stays the same, the content is
     * taken to be the same and is not read again.
     */
    String fingerprint() {
        return Digests.ofText(files.stream()
                        .map(file -> file.name() + " " + file.bytes() + " "
                                + file.modified().to(TimeUnit.NANOSECONDS))
                        .collect(Collectors.joining("\n")))
                .substring(0, 16);
    }
}
