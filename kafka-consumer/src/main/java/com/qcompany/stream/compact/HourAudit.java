package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Listing;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.jspecify.annotations.Nullable;

/**
 * Compares the files of table {@code kafka} with the summaries of what closings published, and looks for hours that did
 * not close. Lists, and opens only files that it does not know; finds what is wrong however old it is. Changes nothing.
 */
public record HourAudit(StreamFiles stream, Instant now) {

    /** Age of an open file from which its hour should have closed, or got its late events. */
    private static final Duration OVERDUE = Duration.ofDays(1);

    /**
     * What was found.
     *
     * @param hours files that closings published
     * @param rows rows of the files that readers see
     * @param hidden rows of hours that are open
     * @param faults a sentence for every file that is missing, of another size, or nobody's, and every overdue hour
     */
    public record Findings(int hours, long rows, long hidden, List<String> faults) {

        public Findings {
            faults = List.copyOf(faults);
        }

        /** Whether nothing was ever published and nothing waits. */
        public boolean isEmpty() {
            return hours == 0 && rows == 0 && faults.isEmpty();
        }
    }

    /** Looks at all hours. */
    public Findings find() throws IOException {
        List<String> faults = new ArrayList<>();
        // In this order: a file that is listed has its closing in the journal, or a summary by then.
        Map<String, FileStatus> files = files(stream.warehouse().table(StarSchema.KAFKA));
        ClosingJournal journal = new ClosingJournal(stream);
        List<Closing> begun = journal.unfinished();
        int ended = 0;
        long rows = 0;
        for (FileStatus date : Listing.of(stream.fs(), stream.warehouse().closedHours())) {
            for (Closing closing : journal.ended(date.getPath())) {
                ended++;
                rows += rowsOf(closing, files.remove(closing.target()), faults);
            }
        }
        for (Map.Entry<String, FileStatus> file : files.entrySet()) {
            if (begun.stream().noneMatch(closing -> closing.target().equals(file.getKey()))) {
                faults.add("%s was published by no closing: its rows are doubled or foreign".formatted(file.getKey()));
            }
            rows += rowsOf(file.getKey(), file.getValue().getPath(), faults);
        }
        long hidden = rowsOfOpenHours(faults);
        return new Findings(ended, rows, hidden, faults);
    }

    /** @param listed the file that it published, if that was there when files were listed */
    private long rowsOf(Closing closing, @Nullable FileStatus listed, List<String> faults) throws IOException {
        Path path = stream.resolve(closing.target());
        FileStatus file = listed;
        if (file == null && stream.fs().exists(path)) { // published since
            file = stream.fs().getFileStatus(path);
        }
        if (file == null) {
            faults.add("%s is missing: it had %s".formatted(closing.target(), closing.partitions()));
            return 0;
        }
        if (file.getLen() != closing.bytes()) {
            faults.add("%s has %d bytes (expected %d, with %s): it was cut or replaced"
                    .formatted(closing.target(), file.getLen(), closing.bytes(), closing.partitions()));
            return 0;
        }
        return closing.rows();
    }

    private long rowsOf(String name, Path file, List<String> faults) throws IOException {
        try {
            return ParquetRows.rowCount(file, stream.conf());
        } catch (FileNotFoundException e) { // its hour has closed meanwhile
            return 0;
        } catch (IOException | RuntimeException e) {
            faults.add("%s cannot be read: %s".formatted(name, e.getMessage()));
            return 0;
        }
    }

    /** Rows of hours that are open; tells of hours that are overdue and of files that are foreign. */
    private long rowsOfOpenHours(List<String> faults) throws IOException {
        OpenFiles open = new OpenFiles(stream);
        Instant dayAgo = now.minus(OVERDUE);
        LocalDateTime latestEnd = LocalDateTime.ofInstant(dayAgo, StreamSettings.ZONE.get(stream.conf()));
        SortedMap<EventHour, Integer> overdue = new TreeMap<>();
        List<String> ofFiles = new ArrayList<>();
        long rows = 0;
        for (Map.Entry<String, FileStatus> file : files(stream.path("open")).entrySet()) {
            Optional<EventHour> hour = open.hourOf(file.getValue());
            if (hour.isEmpty()) {
                ofFiles.add(
                        "%s is foreign: no closing takes it, as it lies in no hour's directory or is not named as events are"
                                .formatted(file.getKey()));
                continue;
            }
            rows += rowsOf(file.getKey(), file.getValue().getPath(), ofFiles);
            if (file.getValue().getModificationTime() < dayAgo.toEpochMilli()
                    && hour.get().start().plusHours(1).isBefore(latestEnd)) {
                overdue.merge(hour.get(), 1, Integer::sum);
            }
        }
        overdue.forEach((hour, waiting) ->
                faults.add("Hour %s should have closed: %d of its files wait in %s for more than %d hours"
                        .formatted(hour, waiting, stream.below(stream.open(hour)), OVERDUE.toHours())));
        faults.addAll(ofFiles);
        return rows;
    }

    private Map<String, FileStatus> files(Path directory) throws IOException {
        Map<String, FileStatus> files = new TreeMap<>();
        try {
            RemoteIterators.foreach(stream.fs().listFiles(directory, true), file -> {
                String name = file.getPath().getName();
                if (!name.startsWith(".") && !name.startsWith("_")) {
                    files.put(stream.below(file.getPath()), file);
                }
            });
        } catch (FileNotFoundException e) {
            // Nothing is there yet, or an hour's directory goes as it closes.
        }
        return files;
    }
}
