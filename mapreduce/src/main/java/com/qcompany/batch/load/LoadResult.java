package com.qcompany.batch.load;

import com.qcompany.batch.compact.StagedMerge;
import com.qcompany.batch.publish.RunRow;
import com.qcompany.batch.publish.StagedFile;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.CounterGroup;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.parquet.hadoop.ParquetReader;

/**
 * What a load's job came to.
 *
 * @param conf where it ran
 * @param plan what it read
 * @param staged what it wrote
 * @param codes how often each fix was made and each rule broken
 * @param start when the load started
 * @param end when its job had ended
 */
record LoadResult(
        Configuration conf, LoadPlan plan, StagedLoad staged, Map<String, String> codes, Instant start, Instant end) {

    private static final int MOST_EXAMPLES = 5;

    static LoadResult of(Configuration conf, LoadPlan plan, Job job, Instant start, Instant end) throws IOException {
        Path merged = new Path(Layout.of(conf).staging(plan.runId()), "merged");
        StagedLoad staged =
                StagedLoad.read(conf, FileOutputFormat.getOutputPath(job)).mergingKeys(new StagedMerge(merged, conf));
        Map<String, String> codes = new TreeMap<>();
        for (String group : List.of(LoadCounter.FIXES, LoadCounter.REJECTIONS)) {
            CounterGroup counters = job.getCounters().getGroup(group);
            for (Counter counter : counters) {
                codes.put(group.toLowerCase(Locale.ROOT) + "." + counter.getName(), Long.toString(counter.getValue()));
            }
        }
        return new LoadResult(conf, plan, staged, codes, start, end);
    }

    /** Why the load must not be published; empty when it may. */
    List<String> problems(double maxRejectedShare) {
        FileTally total = staged.tallies().total();
        List<String> problems = LoadAudit.problems(
                plan.files(),
                staged.tallies(),
                staged.rowsOf(StarSchema.SALES_TRANSACTIONS_FACT),
                staged.rowsOf(StarSchema.TRANSACTION_KEYS),
                staged.rowsOf(StarSchema.REJECTED_ROWS));
        if (total.rejected() > maxRejectedShare * total.lines()) {
            problems.add("%d of %d lines are rejected (at most %s of them, q.load.max-rejected-share): %s"
                    .formatted(total.rejected(), total.lines(), maxRejectedShare, rejections()));
        }
        return problems;
    }

    /** What became of the lines, for a person. */
    String sentence() {
        FileTally total = staged.tallies().total();
        return String.format(
                Locale.ROOT,
                "Loaded %d %s in %.1f s: %,d lines = %,d loaded + %,d duplicate + %,d rejected; %,d units, %s paid",
                plan.groups().size(),
                plan.groups().size() == 1 ? "group" : "groups",
                start.until(end, ChronoUnit.MILLIS) / 1000.0,
                total.lines(),
                total.loaded(),
                total.duplicates(),
                total.rejected(),
                total.written().units(),
                total.written().paid().toPlainString());
    }

    /** Writes the run's row of {@code load_runs}. */
    StagedFile writeRunRecord(Path file, List<String> problems) throws IOException {
        FileTally total = staged.tallies().total();
        boolean published = problems.isEmpty();
        RunRow run = new RunRow(plan.runId(), "load", published ? "published" : "checks_failed", start, end);
        Row row = run.row()
                .set(
                        "groups",
                        plan.groups().stream()
                                .map(group -> group.group().text())
                                .toList())
                .set("lines_in", total.lines())
                .set("rows_loaded", total.loaded())
                .set("rows_duplicate", total.duplicates())
                .set("rows_rejected", total.rejected())
                .set("units_loaded", total.written().units())
                .set("total_paid_loaded", total.written().paid())
                .set("partitions_touched", partitionsTouched())
                .set("files_written", published ? (long) staged.files().size() : 0L)
                .set("counters", codes)
                .set("message", published ? null : String.join("; ", problems));
        return run.stage(row, file, conf);
    }

    /** Where some rejected lines are and why; not the lines, which hold personal data. */
    List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        for (StagedFile file : staged.files()) {
            if (file.table().equals(StarSchema.REJECTED_ROWS) && examples.size() < MOST_EXAMPLES) {
                try (ParquetReader<Row> reader = ParquetRows.reader(file.table(), file.file(), conf)) {
                    for (Row row = reader.read(); row != null && examples.size() < MOST_EXAMPLES; row = reader.read()) {
                        examples.add("%s/%s, byte %d: %s %s"
                                .formatted(
                                        row.text("source_group"),
                                        row.text("source_file"),
                                        row.require("byte_offset", Long.class),
                                        row.get("rule_codes"),
                                        row.text("message")));
                    }
                }
            }
        }
        return examples;
    }

    private long partitionsTouched() {
        return staged.files().stream()
                .filter(file -> file.table().equals(StarSchema.SALES_TRANSACTIONS_FACT))
                .map(StagedFile::partition)
                .distinct()
                .count();
    }

    private String rejections() {
        String prefix = LoadCounter.REJECTIONS.toLowerCase(Locale.ROOT) + ".";
        return codes.entrySet().stream()
                .filter(code -> code.getKey().startsWith(prefix))
                .map(code -> code.getKey().substring(prefix.length()) + " " + code.getValue())
                .toList()
                .toString();
    }
}
