package com.qcompany.batch.load;

import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.job.ShuffleKey;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.parquet.Row;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.jspecify.annotations.Nullable;

/**
 * Judges the lines of new files; and again those that waited for an agent or branch, and those of rejected rows that a replay
 * takes. Input: {@link Line} and {@link RecordText} of a new file; a partition and a row of the others.
 */
final class LineMapper extends Mapper<Object, Object, ShuffleKey, BytesWritable> {
    /** By path; those of lines that wait by group and name. */
    private final Map<Object, PlannedFile> files = new HashMap<>();

    private final Set<String> decidedAnew = new HashSet<>();
    private @Nullable LoadPlan plan;
    private @Nullable LineJudge judge;

    @Override
    protected void setup(Context context) throws IOException {
        Configuration conf = context.getConfiguration();
        LoadPlan read = RowJob.planned(conf, LoadPlan.class);
        for (PlannedFile file : read.files()) {
            Object place = file.kind() == PlannedFile.Kind.WAITING
                    ? file.place()
                    : file.path().getFileSystem(conf).makeQualified(file.path());
            files.put(place, file);
            if (file.isDecidedAnew()) {
                decidedAnew.add(file.place());
            }
        }
        plan = read;
        judge = new LineJudge(read, context);
    }

    @Override
    protected void map(Object key, Object value, Context context) throws IOException, InterruptedException {
        if (key instanceof Line line) {
            Objects.requireNonNull(judge).judge(file(line.file()), line, (RecordText) value);
        } else if (Objects.requireNonNull(plan).judgesAgain((Row) value)
                && !decidedAnew.contains(PlannedFile.placeOf((Row) value))) {
            judgeAgain((Row) value);
        }
    }

    private void judgeAgain(Row row) throws IOException, InterruptedException {
        PlannedFile file = file(PlannedFile.placeOf(row));
        // The number counts from the file's start, so the line is one of a split that starts there.
        Line line = new Line(
                file.path(), row.require("byte_offset", Long.class), 0, row.require("line_number", Long.class), false);
        Objects.requireNonNull(judge).judge(file, line, new RecordText(row.text("raw_line"), true));
    }

    private PlannedFile file(Object place) {
        return Objects.requireNonNull(files.get(place), "a file whose lines are judged is planned");
    }

    @Override
    protected void cleanup(Context context) throws IOException, InterruptedException {
        Objects.requireNonNull(judge).close();
    }
}
