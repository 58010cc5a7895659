package com.qcompany.ops.schedule.explain;

import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshots;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * The last rows of {@code load_runs} that name an hour, the last first, of its own day and the next, yesterday and
 * today: the table keeps the runs of many days and is not searched whole.
 */
record RunFindings(FileSystem fs, Layout layout, Configuration conf) {

    private static final int MOST_ROWS = 3;
    private static final String PUBLISHED = "published";
    private static final Table COLUMNS = StarSchema.LOAD_RUNS.project(
            List.of("run_id", "command", "status", "started_at", "groups", "groups_refused", "rows_loaded", "message"));

    /** A run: when it began, and what to say of it. */
    private record Run(LocalDateTime start, Finding finding) {}

    List<Finding> of(LocalDateTime hour) throws IOException {
        List<Run> runs = new ArrayList<>();
        SortedSet<LocalDate> days = days(hour.toLocalDate());
        List<DataFile> files = DataFile.of(Snapshots.latest(fs, layout), layout, COLUMNS).stream()
                .filter(file -> days.contains(LocalDate.parse(file.partition().get(0))))
                .toList();
        String name = SourceGroup.HOUR.format(hour);
        DataFile.forEachRow(files, conf, row -> {
            if (names(row, name)) {
                runs.add(run(row, name));
            }
        });
        return runs.stream()
                .sorted(Comparator.comparing(Run::start).reversed())
                .limit(MOST_ROWS)
                .map(Run::finding)
                .toList();
    }

    private static SortedSet<LocalDate> days(LocalDate own) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return new TreeSet<>(List.of(own, own.plusDays(1), today.minusDays(1), today));
    }

    private static boolean names(Row row, String hour) {
        return Stream.of("groups", "groups_refused").anyMatch(column -> isOf(row, column, hour))
                || message(row).startsWith(hour + ":");
    }

    private static boolean isOf(Row row, String groups, String hour) {
        List<?> names = (List<?>) Objects.requireNonNullElse(row.get(groups), List.of());
        return names.stream().anyMatch(group -> String.valueOf(group).startsWith(hour + "/"));
    }

    private static Run run(Row row, String hour) {
        LocalDateTime start = row.require("started_at", LocalDateTime.class);
        String status = row.text("status");
        boolean isPublished = status.equals(PUBLISHED) && !isOf(row, "groups_refused", hour);
        String what = isPublished ? "%,d rows loaded".formatted(row.require("rows_loaded", Long.class)) : message(row);
        String sentence = "Run %s: %s of %s UTC %s: %s"
                .formatted(
                        row.text("run_id"), row.text("command"), start.truncatedTo(ChronoUnit.SECONDS), status, what);
        return new Run(start, isPublished ? Finding.fine(sentence) : Finding.failed(sentence));
    }

    private static String message(Row row) {
        return Objects.requireNonNullElse(row.get("message"), "").toString();
    }
}
