package com.qcompany.batch.publish;

import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * The row of {@code load_runs} that tells of a run.
 *
 * @param runId id of the run
 * @param command what ran
 * @param status how it ended
 * @param start when it began
 * @param end when it had done its work
 */
public record RunRow(String runId, String command, String status, Instant start, Instant end) {

    /** The row of a run that read no line and wrote none. */
    public Row row() {
        return new Row(StarSchema.LOAD_RUNS)
                .set("run_id", runId)
                .set("command", command)
                .set("status", status)
                .set("started_at", utc(start))
                .set("finished_at", utc(end))
                .set("job_millis", Duration.between(start, end).toMillis())
                .set("groups", List.of())
                .set("groups_refused", List.of())
                .set("lines_in", 0L)
                .set("rows_loaded", 0L)
                .set("rows_duplicate", 0L)
                .set("rows_rejected", 0L)
                .set("rows_waiting", 0L)
                .set("rows_refused", 0L)
                .set("rows_superseded", 0L)
                .set("units_loaded", 0L)
                .set("total_paid_loaded", BigDecimal.ZERO.setScale(6))
                .set("partitions_touched", 0L)
                .set("files_written", 0L);
    }

    /** Writes the row, with what else is known of the run, to a file that is to be published. */
    public StagedFile stage(Row row, Path file, Configuration conf) throws IOException {
        try (ParquetWriter<Row> writer = ParquetRows.writer(StarSchema.LOAD_RUNS, file, conf)) {
            writer.write(row);
        }
        String date = LocalDate.ofInstant(start, ZoneOffset.UTC).toString();
        return new StagedFile(StarSchema.LOAD_RUNS, List.of(date), file, 1);
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }
}
