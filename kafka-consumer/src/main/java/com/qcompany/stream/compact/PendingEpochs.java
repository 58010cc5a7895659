package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.PendingManifests;
import com.qcompany.stream.StreamLayout;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/** The epochs that are not wholly published: those with a manifest in {@code stream/manifests/}. */
final class PendingEpochs {

    private static final Pattern EVENT_FILE =
            Pattern.compile("(?:stream/open|tables/kafka)/event_date=([^/]+)/event_hour=(\\d+)/[^/]+");
    /** {@code EPOCH.N.parquet}. */
    private static final Pattern FILE_OF_EPOCH = Pattern.compile("(.+)\\.\\d+\\.parquet");

    private final PendingManifests manifests;

    PendingEpochs(FileSystem fs, StreamLayout layout) {
        this.manifests = new PendingManifests(fs, layout);
    }

    /**
     * Hours that some committed epochs have still to publish files of. An epoch that the answer is silent on was wholly
     * published before, so that a listing of files made afterwards has all of its files.
     *
     * @param committed epochs that committed positions name
     */
    Set<EventHour> hoursOf(Collection<PartitionProgress> committed) throws IOException {
        Set<String> epochs = committed.stream()
                .flatMap(partition -> partition.position().stream())
                .flatMap(position -> position.epoch().stream())
                .collect(Collectors.toSet());
        Set<EventHour> hours = new HashSet<>();
        for (String epoch : epochs) {
            for (StagedFile file : manifests.find(epoch).map(Manifest::files).orElse(List.of())) {
                hour(file).ifPresent(hours::add);
            }
        }
        return hours;
    }

    /** Their ids; those of a file that was listed before, unless all files of its epoch have their names. */
    Set<String> ids() throws IOException {
        return Set.copyOf(manifests.epochs());
    }

    /** Whether a file was published by one of some epochs. */
    static boolean isOf(FileStatus file, Set<String> epochs) {
        Matcher matcher = FILE_OF_EPOCH.matcher(file.getPath().getName());
        return matcher.matches() && epochs.contains(matcher.group(1));
    }

    private static Optional<EventHour> hour(StagedFile file) {
        Matcher matcher = EVENT_FILE.matcher(file.target());
        return matcher.matches()
                ? Optional.of(EventHour.ofPartition(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }
}
