package com.qcompany.batch.load;

import com.qcompany.batch.feed.Expectation;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.batch.publish.StagedFile;
import com.qcompany.batch.quality.ColumnMeasure;
import com.qcompany.batch.quality.Judgement;
import com.qcompany.batch.quality.MetricHistory;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import java.io.Closeable;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.jspecify.annotations.Nullable;

/** What a load's job measured of the files it read, compared with what their contracts expect. */
final class LoadQuality {
    private final LoadPlan plan;
    private final List<PlannedFile> files;
    private final List<StagedFile> measures;
    private final Configuration conf;
    private final Map<List<Object>, Judged> judged = new HashMap<>();

    private record Judged(GroupRecord group, Judgement judgement) {}

    /** What becomes of a row of {@code quality_metrics}. */
    private interface Action {
        void take(PlannedFile file, Row metric) throws IOException;
    }

    private LoadQuality(LoadPlan plan, List<StagedFile> staged, Configuration conf) {
        this.plan = plan;
        this.files = plan.files();
        this.measures = RowJob.of(JobTables.COLUMN_MEASURES, staged);
        this.conf = conf;
    }

    /** Reads the output of a load's job, and published metrics of the hours that contracts compare with. */
    static LoadQuality of(LoadPlan plan, List<StagedFile> staged, Snapshot published, Layout layout, Configuration conf)
            throws IOException {
        LoadQuality quality = new LoadQuality(plan, staged, conf);
        List<Judgement> judgements = new ArrayList<>();
        Set<LocalDate> compared = new TreeSet<>();
        quality.forEach((file, metric) -> {
            for (Expectation expectation : expectations(file, metric)) {
                Judgement judgement = new Judgement(metric.set("sketch", null), expectation);
                judgements.add(judgement);
                quality.judged.put(key(file, metric), new Judged(file.group(), judgement));
                LocalDateTime hour = file.source().hour();
                hour.minusHours(expectation.lastHours())
                        .toLocalDate()
                        .datesUntil(hour.toLocalDate().plusDays(1))
                        .forEach(compared::add);
            }
        });
        Judgement.judge(judgements, MetricHistory.read(published, layout, conf, compared));
        return quality;
    }

    private static List<Expectation> expectations(PlannedFile file, Row metric) {
        return file.feed().measured(metric.text("column_name")).expectations().stream()
                .filter(expectation -> expectation.measuredMetric().equals(metric.text("metric")))
                .toList();
    }

    private static List<Object> key(PlannedFile file, Row metric) {
        return List.of(file.index(), metric.text("column_name"), metric.text("metric"));
    }

    /** Groups of which something fails that are not refused yet, with a sentence each. */
    Map<GroupRecord, String> groupsToRefuse() {
        Map<GroupRecord, String> refused = new HashMap<>();
        judged.values().stream()
                .filter(each -> each.judgement().isFailure()
                        && !plan.refused().contains(each.group().sequence()))
                .forEach(each -> refused.merge(
                        each.group(),
                        "%s is refused: %s"
                                .formatted(
                                        each.group().group(), each.judgement().sentence()),
                        (one, other) -> one.compareTo(other) <= 0 ? one : other));
        return refused;
    }

    /** A sentence for each expectation that is not met and refuses nothing. */
    List<String> warnings() {
        return judged.values().stream()
                .filter(each -> each.judgement().isWarning())
                .map(each -> "%s: %s"
                        .formatted(each.group().group(), each.judgement().sentence()))
                .sorted()
                .toList();
    }

    /** What was measured of all files of each feed. */
    Map<Feed, List<ColumnMeasure>> byFeed() throws IOException {
        Map<Feed, Map<String, ColumnMeasure>> merged = new LinkedHashMap<>();
        for (StagedFile staged : measures) {
            ParquetRows.forEach(ParquetRows.reader(staged.table(), staged.file(), conf), measured -> {
                Feed feed = files.get(measured.require("file", Integer.class)).feed();
                merged.computeIfAbsent(feed, any -> new LinkedHashMap<>())
                        .computeIfAbsent(measured.text("column_name"), name -> new ColumnMeasure(feed.measured(name)))
                        .add(measured);
            });
        }
        Map<Feed, List<ColumnMeasure>> byFeed = new LinkedHashMap<>();
        merged.forEach((feed, columns) -> byFeed.put(feed, List.copyOf(columns.values())));
        return byFeed;
    }

    List<Judgement> judgements() {
        return judged.values().stream().map(Judged::judgement).toList();
    }

    /** Counts the outcomes, as {@code quality.OUTCOME}, in the run's row of {@code load_runs}. */
    Row count(Row run) {
        Map<String, String> counters = new TreeMap<>();
        run.require("counters", Map.class).forEach((name, count) -> counters.put((String) name, (String) count));
        judged.values().stream()
                .collect(
                        Collectors.groupingBy(each -> each.judgement().metric().text("outcome"), Collectors.counting()))
                .forEach((outcome, count) -> counters.put("quality." + outcome, count.toString()));
        return run.set("counters", counters);
    }

    /** Writes the rows of {@code quality_metrics}; of each reducer's measures, which are in the order of hours, a file a date. */
    List<StagedFile> stage(Path directory) throws IOException {
        List<StagedFile> staged = new ArrayList<>();
        try (DayFiles days = new DayFiles(directory, staged)) {
            forEach((file, metric) -> {
                Judged known = judged.get(key(file, metric));
                Row row = known == null ? metric : known.judgement().metric().copy("sketch", metric);
                days.write(Quarantine.partition(file), row);
            });
        }
        return staged;
    }

    private void forEach(Action action) throws IOException {
        for (StagedFile staged : measures) {
            try (ParquetReader<Row> rows = ParquetRows.reader(staged.table(), staged.file(), conf)) {
                for (Row measured = rows.read(); measured != null; measured = rows.read()) {
                    PlannedFile file = files.get(measured.require("file", Integer.class));
                    ColumnMeasure measure = new ColumnMeasure(file.feed().measured(measured.text("column_name")));
                    measure.add(measured);
                    for (Row metric : measure.metrics()) {
                        action.take(
                                file,
                                metric.set("feed", file.feed().name())
                                        .set("source_hour", file.source().hour())
                                        .set("source_group", file.source().text())
                                        .set("group_refused", plan.refuses(file))
                                        .set("run_id", plan.runId()));
                    }
                }
            }
        }
    }

    /** Files of rows that come day by day. */
    private final class DayFiles implements Closeable {
        private final Path directory;
        private final List<StagedFile> finished;
        private @Nullable ParquetWriter<Row> writer;
        private String day = "";
        private long rows;

        DayFiles(Path directory, List<StagedFile> finished) {
            this.directory = directory;
            this.finished = finished;
        }

        void write(String ofDay, Row row) throws IOException {
            if (writer == null || !ofDay.equals(day)) {
                close();
                writer = ParquetRows.writer(StarSchema.QUALITY_METRICS, path(), conf);
                day = ofDay;
                rows = 0;
            }
            writer.write(row);
            rows++;
        }

        private Path path() {
            return new Path(directory, "%05d.parquet".formatted(finished.size()));
        }

        @Override
        public void close() throws IOException {
            if (writer != null) {
                writer.close();
                writer = null;
                finished.add(new StagedFile(StarSchema.QUALITY_METRICS, List.of(day), path(), rows));
            }
        }
    }
}
