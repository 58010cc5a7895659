package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;

/** The committed files that are not visible yet, {@code stream/open/event_date=D/event_hour=H/EPOCH.N.parquet}. */
public record OpenFiles(StreamFiles stream) {

    private static final Pattern HOUR =
            Pattern.compile(".*/event_date=(\\d{4}-\\d\\d-\\d\\d)/event_hour=(\\d{1,2})(?:/.*)?");
    private static final Pattern FILE = Pattern.compile("([^._].*?)(?:\\.\\d+)?\\.parquet");

    /** Hours that have a directory, in their order; one listing for each date. */
    public List<EventHour> hours() throws IOException {
        List<EventHour> hours = new ArrayList<>();
        for (FileStatus date : Listing.of(stream.fs(), stream.path("open"))) {
            for (FileStatus hour : Listing.of(stream.fs(), date.getPath())) {
                hourOf(hour.getPath().toString()).ifPresent(hours::add);
            }
        }
        return hours.stream().sorted().toList();
    }

    /** The hour whose closing takes a file below {@code stream/open}; none of a file that lies elsewhere or is named otherwise. */
    Optional<EventHour> hourOf(FileStatus file) {
        String directory = stream.below(file.getPath().getParent());
        return hourOf(directory)
                .filter(hour -> directory.equals(stream.below(stream.open(hour)))
                        && epochOf(file).isPresent());
    }

    /**
     * Files of an hour whose epochs are wholly published, by name, which is by the begin of their epochs. Files are listed
     * before manifests: a listed file whose epoch has no manifest afterwards belongs to an epoch that nobody will publish
     * again. The other order would miss an epoch that was sealed between the two, and leave its publisher without its target.
     */
    List<FileStatus> publishedOf(EventHour hour) throws IOException {
        List<FileStatus> files = Listing.of(stream.fs(), stream.open(hour)).stream()
                .filter(file -> epochOf(file).isPresent())
                .toList();
        Set<String> pending = files.isEmpty() ? Set.of() : Set.copyOf(Manifest.pending(stream));
        return files.stream()
                .filter(file -> !pending.contains(epochOf(file).orElseThrow()))
                .toList();
    }

    /** Hours that get files yet of epochs that committed positions name. */
    Set<EventHour> awaited(Collection<PartitionProgress> committed) throws IOException {
        Set<String> epochs = committed.stream()
                .flatMap(partition -> partition.position().stream())
                .flatMap(position -> position.epoch().stream())
                .collect(Collectors.toSet());
        Set<EventHour> hours = new HashSet<>();
        for (String epoch : epochs) {
            for (StagedFile file :
                    Manifest.find(stream, epoch).map(Manifest::files).orElse(List.of())) {
                hourOf(file.target()).ifPresent(hours::add);
            }
        }
        return hours;
    }

    /** Removes the directory of an hour, and of its date, if nothing is in it. */
    void removeIfEmpty(EventHour hour) throws IOException {
        Path directory = stream.open(hour);
        for (Path path : List.of(directory, directory.getParent())) {
            if (!Listing.of(stream.fs(), path).isEmpty()) {
                return;
            }
            try {
                stream.fs().delete(path, false);
            } catch (PathIsNotEmptyDirectoryException e) {
                return;
            }
        }
    }

    private static Optional<String> epochOf(FileStatus file) {
        Matcher matcher = FILE.matcher(file.getPath().getName());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Optional<EventHour> hourOf(String path) {
        Matcher matcher = HOUR.matcher(path);
        try {
            return matcher.matches()
                    ? Optional.of(EventHour.ofPartition(matcher.group(1), matcher.group(2)))
                    : Optional.empty();
        } catch (UsageException e) { // no hour of a day: somebody else's directory
            return Optional.empty();
        }
    }
}
