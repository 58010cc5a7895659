package com.qcompany.batch.ingest;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.ingest.LandingGroup.LandingFile;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The local directory in which source systems drop group folders. It is only read: nothing in it is changed, moved or
 * deleted. Names that begin with a dot or an underscore are hidden, and {@code lost+found} of a file system is.
 */
record LandingDirectory(Path path, FeedCatalog catalog) {

    private static final Set<String> MARKERS = Set.of("_READY", ".done");
    private static final Pattern HIDDEN = Pattern.compile("[._].*|lost\\+found", Pattern.DOTALL);
    private static final Pattern ARCHIVE =
            Pattern.compile(".*\\.(zip|7z|rar|tar|tgz|gz|bz2|xz|zst)", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNUSABLE = Pattern.compile("[@\\p{Cc}\\x{2028}\\x{2029}\\x{FFFD}]");

    /** What stands in a name for bytes that are no UTF-8. */
    private static final char UNDECODED = '\uFFFD';

    /**
     * What is to be ingested: folders in natural order, group2 before group10, and what lies there in place of one, which
     * {@link #look} refuses.
     */
    List<Path> entries() throws IOException {
        return list(path).stream()
                .filter(entry -> !hidden(entry) && (Files.isDirectory(entry) || isMisplaced(entry)))
                .sorted(Comparator.comparing(LandingDirectory::name, SourceGroup.NATURAL_ORDER))
                .toList();
    }

    /** Looks at an entry; refuses what is no folder that can be looked into, or has a name that cannot be used. */
    LandingGroup look(Path folder) throws IOException {
        if (UNUSABLE.matcher(name(folder)).find()) {
            throw new RefusedException(
                    "Cannot use the name %s (expected UTF-8 without @ and control characters)".formatted(folder));
        }
        if (isMisplaced(folder)) {
            throw new RefusedException(
                    "Cannot ingest %s (expected a folder with the files of a group in it)".formatted(folder));
        }
        try {
            return lookInto(folder);
        } catch (AccessDeniedException e) {
            throw new RefusedException("Cannot read %s (expected permission to read it)".formatted(e.getFile()), e);
        }
    }

    private LandingGroup lookInto(Path folder) throws IOException {
        List<LandingFile> files = new ArrayList<>();
        List<String> leftAside = new ArrayList<>();
        Instant changed = Files.getLastModifiedTime(folder).toInstant();
        boolean marked = false;
        for (Path entry : list(folder)) {
            Optional<Feed> feed = hidden(entry) ? Optional.empty() : catalog.feedOf(name(entry));
            marked |= MARKERS.contains(name(entry));
            if (feed.isPresent()) {
                LandingFile file = file(feed.get(), entry);
                files.add(file);
                Instant modified = file.modified().toInstant();
                changed = modified.isAfter(changed) ? modified : changed;
            } else if (!hidden(entry)) {
                leftAside.add(name(entry));
            }
        }
        return new LandingGroup(name(folder), folder, files, leftAside, marked, changed);
    }

    /** Changes whenever an entry is changed, one that {@link #look} refuses too. */
    String fingerprint(Path entry) {
        try {
            return look(entry).fingerprint();
        } catch (IOException e) {
            return LandingGroup.fingerprint(e.getMessage() + entry.toFile().lastModified());
        }
    }

    /** Names of files in it that belong into a group folder. */
    List<String> looseFiles() throws IOException {
        return list(path).stream()
                .filter(entry -> !Files.isDirectory(entry))
                .map(LandingDirectory::name)
                .filter(name -> catalog.feedOf(name).isPresent())
                .toList();
    }

    static String name(Path entry) {
        return entry.getFileName().toString();
    }

    private boolean isMisplaced(Path entry) {
        boolean brokenLink = Files.isSymbolicLink(entry) && !Files.exists(entry);
        return brokenLink
                || (!Files.isDirectory(entry)
                        && (ARCHIVE.matcher(name(entry)).matches()
                                || catalog.feedOf(name(entry)).isPresent()));
    }

    private static LandingFile file(Feed feed, Path file) throws IOException {
        if (name(file).indexOf(UNDECODED) >= 0) {
            throw new RefusedException("Cannot use the name %s (expected UTF-8)".formatted(file));
        }
        BasicFileAttributes attributes = attributes(file);
        return new LandingFile(feed, file, attributes.size(), attributes.lastModifiedTime());
    }

    /** Those of a file, or of the link itself that leads to none. */
    private static BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (FileSystemException e) {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean hidden(Path entry) {
        return HIDDEN.matcher(name(entry)).matches();
    }
}
