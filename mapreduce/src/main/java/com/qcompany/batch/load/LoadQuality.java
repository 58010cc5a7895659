package com.qcompany.batch.load;

import com.qcompany.batch.feed.Expectation;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.batch.publish.Rewrite;
import com.qcompany.batch.quality.ColumnMeasure;
import com.qcompany.batch.quality.Judgement;
import com.qcompany.batch.quality.MetricHistory;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** What a load's job measured of the files it read, compared with what their contracts expect. */
final class LoadQuality {
    private final LoadPlan plan;
    private final List<DataFile> metrics;
    private final List<DataFile> measures;
    private final Configuration conf;
    /** By the metric as the job wrote it, without its sketch. */
    private final Map<Row, Judgement> judged = new LinkedHashMap<>();

    private LoadQuality(LoadPlan plan, List<DataFile> staged, Configuration conf) {
        this.plan = plan;
        this.metrics = RowJob.of(StarSchema.QUALITY_METRICS, staged);
        this.measures = RowJob.of(JobTables.COLUMN_MEASURES, staged);
        this.conf = conf;
    }

    /** Reads the output of a load's job, and published metrics of the hours that contracts compare with. */
    static LoadQuality of(LoadPlan plan, List<DataFile> staged, Snapshot published, Layout layout, Configuration conf)
            throws IOException {
        LoadQuality quality = new LoadQuality(plan, staged, conf);
        Set<LocalDate> compared = new TreeSet<>();
        for (DataFile file : quality.metrics) {
            ParquetRows.forEach(ParquetRows.reader(file.table(), file.path(), conf), metric -> {
                for (Expectation expectation : quality.expectations(metric)) {
                    quality.judged.put(withoutSketch(metric), new Judgement(withoutSketch(metric), expectation));
                    LocalDateTime hour = metric.require("source_hour", LocalDateTime.class);
                    hour.minusHours(expectation.lastHours())
                            .toLocalDate()
                            .datesUntil(hour.toLocalDate().plusDays(1))
                            .forEach(compared::add);
                }
            });
        }
        Judgement.judge(quality.judgements(), MetricHistory.read(published, layout, conf, compared));
        return quality;
    }

    private static Row withoutSketch(Row metric) {
        return new Row(StarSchema.QUALITY_METRICS).copyShared(metric).set("sketch", null);
    }

    private List<Expectation> expectations(Row metric) {
        Feed feed = plan.feeds().feed(metric.text("feed"));
        return feed.measured(metric.text("column_name")).expectations().stream()
                .filter(expectation -> expectation.measuredMetric().equals(metric.text("metric")))
                .toList();
    }

    /** Groups of which something fails that are not refused yet, with a sentence each. */
    Map<GroupRecord, String> groupsToRefuse() {
        Map<String, String> failures = new HashMap<>();
        judged.values().stream()
                .filter(Judgement::isFailure)
                .forEach(judgement -> failures.merge(
                        judgement.metric().text("source_group"),
                        judgement.sentence(),
                        BinaryOperator.minBy(Comparator.naturalOrder())));
        Map<GroupRecord, String> refused = new HashMap<>();
        for (GroupRecord group : plan.groups()) {
            String failure = failures.get(group.group().text());
            if (failure != null && !plan.refused().contains(group.sequence())) {
                refused.put(group, "%s is refused: %s".formatted(group.group(), failure));
            }
        }
        return refused;
    }

    /** A sentence for each expectation that is not met and refuses nothing. */
    List<String> warnings() {
        return judged.values().stream()
                .filter(Judgement::isWarning)
                .map(judgement -> "%s: %s".formatted(judgement.metric().text("source_group"), judgement.sentence()))
                .sorted()
                .toList();
    }

    /** What was measured of all files of each feed. */
    Map<Feed, List<ColumnMeasure>> byFeed() throws IOException {
        Map<Feed, Map<String, ColumnMeasure>> merged = new LinkedHashMap<>();
        List<PlannedFile> files = plan.files();
        for (DataFile staged : measures) {
            ParquetRows.forEach(ParquetRows.reader(staged.table(), staged.path(), conf), measured -> {
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
        return List.copyOf(judged.values());
    }

    /** Counts the outcomes, as {@code quality.OUTCOME}, in the run's row of {@code load_runs}. */
    Row count(Row run) {
        Map<String, String> counters = new TreeMap<>();
        run.require("counters", Map.class).forEach((name, count) -> counters.put((String) name, (String) count));
        judged.values().stream()
                .collect(Collectors.groupingBy(judgement -> judgement.metric().text("outcome"), Collectors.counting()))
                .forEach((outcome, count) -> counters.put("quality." + outcome, count.toString()));
        return run.set("counters", counters);
    }

    /** Writes the rows of {@code quality_metrics} once more, with the outcomes. */
    List<DataFile> stage(Path directory) throws IOException {
        return new Rewrite(directory.getFileSystem(conf), conf).stage(metrics, directory, metric -> {
            Judgement known = judged.get(withoutSketch(metric));
            return Optional.of(known == null ? metric : known.metric().copy("sketch", metric));
        });
    }
}
