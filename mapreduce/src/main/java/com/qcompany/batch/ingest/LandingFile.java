package com.qcompany.batch.ingest;

import com.qcompany.batch.feed.Feed;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * A file of a waiting group that belongs to a feed.
 *
 * @param feed its feed
 * @param path where it lies
 * @param bytes size when the directory was read
 * @param modified modification time then
 */
record LandingFile(Feed feed, Path path, long bytes, FileTime modified) {

    /** File name. */
    String name() {
        return path.getFileName().toString();
    }
}
