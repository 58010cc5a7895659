package com.qcompany.batch.load;

import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.io.IOUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;

/** Makes the rows of lines that are not loaded. Not thread-safe. */
final class Quarantine {
    private final LoadPlan plan;
    private final Configuration conf;
    private final byte[] buffer = new byte[1 << 16];

    /** Lines before a split, by its file and start. A file is read up to a split once, when a line number is wanted. */
    private final Map<String, Long> linesBefore = new HashMap<>();

    Quarantine(LoadPlan plan, Configuration conf) {
        this.plan = plan;
        this.conf = conf;
    }

    /** The partition of {@code rejected_rows} for a file's lines. */
    static String partition(PlannedFile file) {
        return file.source().hour().toLocalDate().toString();
    }

    Row rejected(PlannedFile file, Line line, RecordText text, Rejected reason) throws IOException {
        return row(StarSchema.REJECTED_ROWS, file, line, text, reason)
                .set("group_refused", plan.refuses(file))
                .set("run_id", plan.runId());
    }

    Row waiting(PlannedFile file, Line line, RecordText text, Rejected reason) throws IOException {
        return row(StarSchema.WAITING_ROWS, file, line, text, reason);
    }

    private Row row(Table table, PlannedFile file, Line line, RecordText text, Rejected reason) throws IOException {
        return new Row(table)
                .set("feed", file.record().feed())
                .set("source_file", file.record().name())
                .set("line_number", numberInFile(line))
                .set("byte_offset", line.offset())
                .set("source_group", file.source().text())
                .set("group_sequence", file.group().sequence())
                .set("source_hour", file.source().hour())
                .set("rule_codes", reason.codes())
                .set("column_name", reason.column())
                .set("column_value", reason.value())
                .set("message", reason.message())
                .set("raw_line", text.text())
                .set("raw_encoding", text.encoding());
    }

    long numberInFile(Line line) throws IOException {
        String split = line.file() + "@" + line.splitStart();
        Long before = linesBefore.get(split);
        if (before == null) {
            before = lineFeedsBefore(line);
            linesBefore.put(split, before);
        }
        // A reader that begins within a line leaves the rest of it out.
        return before + line.splitLine() + (line.splitStart() == 0 ? 0 : 1);
    }

    private long lineFeedsBefore(Line line) throws IOException {
        if (line.splitStart() == 0) {
            return 0;
        }
        long found = 0;
        try (FSDataInputStream in = line.file().getFileSystem(conf).open(line.file())) {
            for (long left = line.splitStart(); left > 0; left -= buffer.length) {
                int wanted = (int) Math.min(left, buffer.length);
                if (IOUtils.read(in, buffer, 0, wanted) < wanted) {
                    throw new EOFException(
                            "Cannot count the lines of %s: it ends before byte %d (raw files never change)"
                                    .formatted(line.file(), line.splitStart()));
                }
                for (int i = 0; i < wanted; i++) {
                    found += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return found;
    }
}
