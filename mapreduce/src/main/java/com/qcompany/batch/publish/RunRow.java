package com.qcompany.batch.publish;

import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;

/** The row of {@code load_runs} that tells of a run: what ran, how it ended, and when it began and had done its work. */
public record RunRow(String runId, String command, String status, Instant start, Instant end) {
    private static final DateTimeFormatter ID_TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    /** An id for a run, {@code command-uuuuMMddTHHmmss-xxxxxxxx}: sortable by start, and never given twice. */
    public static String id(String command, Instant start) {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        return "%s-%s-%s".formatted(command, ID_TIME.format(utc(start)), unique);
    }

    /** The row of a run that read no line and wrote none. */
    public Row row() {
        Row row = new Row(StarSchema.LOAD_RUNS);
        for (Column column : row.table().columns()) {
            if (column.type().kind() == Kind.BIGINT) {
                row.set(column.name(), 0L);
            }
        }
        return row.set("run_id", runId)
                .set("command", command)
                .set("status", status)
                .set("started_at", utc(start))
                .set("finished_at", utc(end))
                .set("job_millis", Duration.between(start, end).toMillis())
                .set("groups", List.of())
                .set("groups_refused", List.of())
                .set("total_paid_loaded", BigDecimal.ZERO);
    }

    /** Stages the row, with what else is known of the run, to be published. */
    public List<DataFile> stage(Row row, Layout layout, Configuration conf) throws IOException {
        Path file = new Path(layout.staging(runId), "load_runs.parquet");
        try (ParquetWriter<Row> writer = ParquetRows.writer(StarSchema.LOAD_RUNS, file, conf)) {
            writer.write(row);
        }
        String date = LocalDate.ofInstant(start, ZoneOffset.UTC).toString();
        return List.of(new DataFile(StarSchema.LOAD_RUNS, List.of(date), file, 1));
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }
}
