package com.qcompany.batch.compact;

import com.qcompany.batch.publish.StagedFile;
import com.qcompany.warehouse.ParquetRows;
import com.qcompany.warehouse.Row;
import com.qcompany.warehouse.StarSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * The row of {@code load_runs} that tells of a compaction.
 *
 * @param runId id of the run
 * @param startedAt when it began
 * @param finishedAt when its job was done
 * @param partitions partitions rewritten
 * @param counters the job's counters by name
 */
record CompactionRun(String runId, Instant startedAt, Instant finishedAt, int partitions, Map<String, Long> counters) {

    /** Writes the row to a file, to be published with the rewrites. */
    StagedFile stage(Path file, Configuration conf) throws IOException {
        try (ParquetWriter<Row> writer = ParquetRows.writer(StarSchema.LOAD_RUNS, file, conf)) {
            writer.write(row());
        }
        String date = LocalDate.ofInstant(startedAt, ZoneOffset.UTC).toString();
        return new StagedFile(StarSchema.LOAD_RUNS, List.of(date), file, 1);
    }

    private Row row() {
        Map<String, String> texts = new TreeMap<>();
        counters.forEach((name, count) -> texts.put(name, Long.toString(count)));
        return new Row(StarSchema.LOAD_RUNS)
                .set("run_id", runId)
                .set("command", Compactor.COMMAND)
                .set("status", "published")
                .set("started_at", utc(startedAt))
                .set("finished_at", utc(finishedAt))
                .set("job_millis", Duration.between(startedAt, finishedAt).toMillis())
                .set("groups", List.of())
                .set("lines_in", 0L)
                .set("rows_loaded", 0L)
                .set("rows_duplicate", 0L)
                .set("rows_rejected", 0L)
                .set("units_loaded", 0L)
                .set("total_paid_loaded", BigDecimal.ZERO.setScale(4))
                .set("partitions_touched", (long) partitions)
                .set("files_written", (long) partitions)
                .set("counters", texts);
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
