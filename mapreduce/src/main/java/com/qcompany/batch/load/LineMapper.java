package com.qcompany.batch.load;

import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.job.RowWritable;
import com.qcompany.batch.job.ShuffleKey;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Mapper;
import org.jspecify.annotations.Nullable;

/** Judges the lines of new files. */
final class LineMapper extends Mapper<Line, RecordText, ShuffleKey, RowWritable> {
    private final Map<Path, PlannedFile> files = new HashMap<>();
    private @Nullable LineJudge judge;

    @Override
    protected void setup(Context context) throws IOException {
        LoadPlan plan = LoadPlan.of(context.getConfiguration());
        for (PlannedFile file : plan.files()) {
            files.put(file.path().getFileSystem(context.getConfiguration()).makeQualified(file.path()), file);
        }
        judge = new LineJudge(plan, context);
    }

    @Override
    protected void map(Line line, RecordText text, Context context) throws IOException, InterruptedException {
        PlannedFile file = Objects.requireNonNull(files.get(line.file()), "a file that is read is planned");
        Objects.requireNonNull(judge).judge(file, line, text);
    }

    @Override
    protected void cleanup(Context context) throws IOException, InterruptedException {
        Objects.requireNonNull(judge).close();
    }
}
