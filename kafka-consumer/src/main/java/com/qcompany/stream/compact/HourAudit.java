package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.HourSummary;
import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.RemoteIterators;

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
        List<Closing> begun = new ClosingJournal(stream).unfinished();
        List<HourSummary> summaries = HourSummary.all(stream);
        long rows = 0;
        for (HourSummary summary : summaries) {
            Path path = stream.resolve(summary.target());
            FileStatus file = files.remove(summary.target());
            if (file == null && stream.fs().exists(path)) { // published since
                file = stream.fs().getFileStatus(path);
            }
            if (file == null) {
                faults.add("%s is missing: it had %s".formatted(summary.target(), summary.partitions()));
            } else if (file.getLen() != summary.bytes()) {
                faults.add("%s has %d bytes (expected %d, with %s): it was cut or replaced"
                        .formatted(summary.target(), file.getLen(), summary.bytes(), summary.partitions()));
            } else {
                rows += summary.rows();
            }
        }
        for (Map.Entry<String, FileStatus> file : files.entrySet()) {
            if (begun.stream().noneMatch(closing -> closing.target().equals(file.getKey()))) {
                faults.add("%s was published by no closing: its rows are doubled or foreign".formatted(file.getKey()));
            }
            rows += rowsOf(file.getKey(), file.getValue().getPath(), faults);
        }
        faults.addAll(overdueHours());
        long hidden = 0;
        OpenFiles open = new OpenFiles(stream);
        for (Map.Entry<String, FileStatus> file : files(stream.path("open")).entrySet()) {
            if (open.has(file.getValue())) {
                hidden += rowsOf(file.getKey(), file.getValue().getPath(), faults);
            } else {
                faults.add(
                        "%s is foreign: no closing takes it, as it lies in no hour's directory or is not named as events are"
                                .formatted(file.getKey()));
            }
        }
        return new Findings(summaries.size(), rows, hidden, faults);
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

    private List<String> overdueHours() throws IOException {
        OpenFiles open = new OpenFiles(stream);
        Instant dayAgo = now.minus(OVERDUE);
        LocalDateTime latestEnd = LocalDateTime.ofInstant(dayAgo, StreamSettings.ZONE.get(stream.conf()));
        List<String> overdue = new ArrayList<>();
        for (EventHour hour : open.hours()) {
            long waiting = open.of(hour).stream()
                    .filter(file -> file.getModificationTime() < dayAgo.toEpochMilli())
                    .count();
            if (waiting > 0 && hour.start().plusHours(1).isBefore(latestEnd)) {
                overdue.add("Hour %s should have closed: %d of its files wait in %s for more than %d hours"
                        .formatted(hour, waiting, stream.below(stream.open(hour)), OVERDUE.toHours()));
            }
        }
        return overdue;
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
