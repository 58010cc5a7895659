package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;

/** The event files below a root with {@code event_date=D/event_hour=H} directories: hidden or visible ones. */
final class HourFiles {

    private static final Pattern DATE = Pattern.compile("event_date=(\\d{4}-\\d\\d-\\d\\d)");
    private static final Pattern HOUR = Pattern.compile("event_hour=(\\d{1,2})");
    private static final String SUFFIX = ".parquet";

    private final FileSystem fs;
    private final Path root;

    HourFiles(FileSystem fs, Path root) {
        this.fs = fs;
        this.root = root;
    }

    /**
     * Directory of an hour.
     *
     * @param changedMillis when an entry of it last came or went
     */
    record HourDirectory(EventHour hour, Path path, long changedMillis) {}

    /** Directories of all hours, in their order; one listing for each date. */
    List<HourDirectory> hours() throws IOException {
        List<HourDirectory> hours = new ArrayList<>();
        for (FileStatus date : Listing.of(fs, root)) {
            Matcher dateName = DATE.matcher(date.getPath().getName());
            if (dateName.matches()) {
                for (FileStatus hour : Listing.of(fs, date.getPath())) {
                    hour(dateName.group(1), hour).ifPresent(hours::add);
                }
            }
        }
        hours.sort((a, b) -> a.hour().compareTo(b.hour()));
        return hours;
    }

    /**
     * The event files of an hour.
     *
     * @param published those of wholly published epochs, by name
     * @param pending number of the others
     */
    record Files(List<FileStatus> published, int pending) {}

    /**
     * Event files of an hour.
     *
     * @param pending asked after the files are listed
     */
    Files of(EventHour hour, PendingIds pending) throws IOException {
        List<FileStatus> files = Listing.of(fs, new Path(root, hour.directory())).stream()
                .filter(FileStatus::isFile)
                .filter(file -> isEventFile(file.getPath().getName()))
                .toList();
        Set<String> epochs = files.isEmpty() ? Set.of() : pending.ids();
        List<FileStatus> published =
                files.stream().filter(file -> !PendingEpochs.isOf(file, epochs)).toList();
        return new Files(published, files.size() - published.size());
    }

    /** The ids of pending epochs, as they are when asked. */
    @FunctionalInterface
    interface PendingIds {
        Set<String> ids() throws IOException;
    }

    /** Removes the directory of an hour, and of its date, if nothing is in it. */
    void removeIfEmpty(EventHour hour) throws IOException {
        Path directory = new Path(root, hour.directory());
        for (Path path : List.of(directory, directory.getParent())) {
            if (!Listing.of(fs, path).isEmpty()) {
                return;
            }
            try {
                fs.delete(path, false);
            } catch (PathIsNotEmptyDirectoryException e) {
                return;
            }
        }
    }

    private static boolean isEventFile(String name) {
        return name.endsWith(SUFFIX) && !name.startsWith(".") && !name.startsWith("_");
    }

    private static Optional<HourDirectory> hour(String date, FileStatus directory) {
        Matcher name = HOUR.matcher(directory.getPath().getName());
        return name.matches()
                ? Optional.of(new HourDirectory(
                        EventHour.ofPartition(date, name.group(1)),
                        directory.getPath(),
                        directory.getModificationTime()))
                : Optional.empty();
    }
}
