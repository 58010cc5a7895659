package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    /** Hours that have a directory, in their order; one listing for each date. */
    List<EventHour> hours() throws IOException {
        List<EventHour> hours = new ArrayList<>();
        for (FileStatus date : Listing.of(fs, root)) {
            Matcher dateName = DATE.matcher(date.getPath().getName());
            if (dateName.matches()) {
                for (FileStatus directory : Listing.of(fs, date.getPath())) {
                    Matcher hourName = HOUR.matcher(directory.getPath().getName());
                    if (hourName.matches()) {
                        hours.add(EventHour.ofPartition(dateName.group(1), hourName.group(1)));
                    }
                }
            }
        }
        hours.sort(Comparator.naturalOrder());
        return hours;
    }

    /** Event files of an hour, by name, which is by the begin of their epochs. */
    List<FileStatus> of(EventHour hour) throws IOException {
        return Listing.of(fs, new Path(root, hour.directory())).stream()
                .filter(FileStatus::isFile)
                .filter(file -> isEventFile(file.getPath().getName()))
                .toList();
    }

    /**
     * Event files of an hour whose epochs are wholly published.
     *
     * @param pending asked after the files are listed
     */
    List<FileStatus> publishedOf(EventHour hour, PendingIds pending) throws IOException {
        List<FileStatus> files = of(hour);
        Set<String> epochs = files.isEmpty() ? Set.of() : pending.ids();
        return files.stream().filter(file -> !PendingEpochs.isOf(file, epochs)).toList();
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
}
