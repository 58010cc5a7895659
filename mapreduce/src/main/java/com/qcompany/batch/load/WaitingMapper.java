package com.qcompany.batch.load;

import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.job.RowWritable;
import com.qcompany.batch.job.ShuffleKey;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.jspecify.annotations.Nullable;

/** Judges lines again that waited for an agent or branch, and those of rejected rows that a replay takes. */
final class WaitingMapper extends Mapper<Text, Row, ShuffleKey, RowWritable> {
    private final Map<String, PlannedFile> files = new HashMap<>();
    private @Nullable LineJudge judge;
    private @Nullable Retraction retraction;
    private Replay replay = Replay.NOTHING;

    @Override
    protected void setup(Context context) throws IOException {
        LoadPlan plan = LoadPlan.of(context.getConfiguration());
        for (PlannedFile file : plan.files()) {
            if (file.kind() == PlannedFile.Kind.WAITING) {
                files.put(key(file.group().sequence(), file.record().name()), file);
            }
        }
        retraction = plan.retraction();
        replay = plan.replay();
        judge = new LineJudge(plan, context);
    }

    @Override
    protected void map(Text partition, Row row, Context context) throws IOException, InterruptedException {
        long group = row.require("group_sequence", Long.class);
        boolean isRejected = row.table().equals(StarSchema.REJECTED_ROWS);
        if (isRejected ? !replay.takes(row) : retraction != null && retraction.takesBack(group)) {
            return;
        }
        String key = key(group, row.text("source_file"));
        PlannedFile file = Objects.requireNonNull(files.get(key), "a group whose lines wait is planned");
        // The number counts from the file's start, so the line is one of a split that starts there.
        Line line = new Line(
                file.path(), row.require("byte_offset", Long.class), 0, row.require("line_number", Long.class), false);
        Objects.requireNonNull(judge).judge(file, line, new RecordText(row.text("raw_line"), true));
    }

    private static String key(long group, String file) {
        return group + "/" + file;
    }

    @Override
    protected void cleanup(Context context) throws IOException, InterruptedException {
        Objects.requireNonNull(judge).close();
    }
}
