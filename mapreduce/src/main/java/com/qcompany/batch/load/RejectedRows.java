package com.qcompany.batch.load;

import com.qcompany.batch.feed.CsvRecordReader;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;

/** Makes rows of {@code rejected_rows}, which keep the refused line as it was received. */
final class RejectedRows {

    private final String runId;
    private final Configuration conf;

    RejectedRows(String runId, Configuration conf) {
        this.runId = runId;
        this.conf = conf;
    }

    /** Partition of a file's rejected rows. */
    static String partition(PlannedFile file) {
        return SourceGroup.HOUR.format(file.group().hour());
    }

    /** The row of a refused line. */
    Row row(PlannedFile file, long offset, RecordText line, Rejected reason) {
        return new Row(StarSchema.REJECTED_ROWS)
                .set("feed", file.record().feed())
                .set("source_file", file.record().name())
                .set("byte_offset", offset)
                .set("source_group", file.group().text())
                .set("source_hour", file.group().hour())
                .set("rule_codes", reason.codes())
                .set("column_name", reason.column())
                .set("column_value", reason.value())
                .set("message", reason.message())
                .set("raw_line", line.text())
                .set("raw_encoding", line.encoding())
                .set("run_id", runId);
    }

    /** Reads a line again from the raw zone, whose files never change. */
    RecordText read(PlannedFile file, long offset) throws IOException {
        FSDataInputStream in = file.path().getFileSystem(conf).open(file.path());
        in.seek(offset);
        int longest = Settings.LOAD_MAX_RECORD_BYTES.get(conf);
        boolean quoted = file.record().quotedLineBreaks();
        try (CsvRecordReader records = new CsvRecordReader(in, 0, Long.MAX_VALUE, quoted, longest)) {
            if (!records.next()) {
                throw new IOException("Cannot read %s again at byte %d: it ends there (raw files never change)"
                        .formatted(file.path(), offset));
            }
            return RecordText.decode(records.buffer(), records.start(), records.length());
        }
    }
}
