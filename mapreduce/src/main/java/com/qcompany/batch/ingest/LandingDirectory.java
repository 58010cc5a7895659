package com.qcompany.batch.ingest;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The local directory in which source systems drop group folders. It is only read: nothing in it is changed, moved or
 * deleted. Names that begin with a dot or an underscore are hidden.
 *
 * @param path where it is
 * @param catalog the feeds that files belong to
 */
record LandingDirectory(Path path, FeedCatalog catalog) {

    private static final Set<String> MARKERS = Set.of("_READY", ".done");

    /**
     * Group folders in natural order, group2 before group10.
     *
     * @throws NotDirectoryException if there is no such directory
     */
    List<Path> folders() throws IOException {
        if (!Files.isDirectory(path)) {
            throw new NotDirectoryException(
                    "Cannot read landing directory: %s (expected a directory of group folders; name it with --landing)"
                            .formatted(path));
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(entry -> !hidden(entry) && Files.isDirectory(entry))
                    .sorted(Comparator.comparing(LandingDirectory::name, SourceGroup.NATURAL_ORDER))
                    .toList();
        }
    }

    /** Looks at one of the folders. */
    LandingGroup look(Path folder) throws IOException {
        List<LandingFile> files = new ArrayList<>();
        List<String> strangers = new ArrayList<>();
        Instant changed = Files.getLastModifiedTime(folder).toInstant();
        boolean marked = false;
        for (Path entry : entries(folder)) {
            FileTime modified = Files.getLastModifiedTime(entry);
            Optional<Feed> feed = catalog.feedOf(name(entry));
            if (MARKERS.contains(name(entry))) {
                marked = true;
            } else if (feed.isPresent() && !hidden(entry)) {
                files.add(new LandingFile(feed.get(), entry, Files.size(entry), modified));
                changed = modified.toInstant().isAfter(changed) ? modified.toInstant() : changed;
            } else if (!hidden(entry)) {
                strangers.add(name(entry));
            }
        }
        return new LandingGroup(name(folder), folder, files, strangers, marked, changed);
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    private static boolean hidden(Path entry) {
        return name(entry).startsWith(".") || name(entry).startsWith("_");
    }

    private static String name(Path entry) {
        return entry.getFileName().toString();
    }
}
