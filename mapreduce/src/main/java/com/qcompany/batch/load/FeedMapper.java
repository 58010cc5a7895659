package com.qcompany.batch.load;

import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.Outcome;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.batch.feed.RecordFault;
import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.jspecify.annotations.Nullable;

/** Parses, cleans and judges CSV records, and sends what they hold to the reducers. */
final class FeedMapper extends Mapper<LineLocation, BytesWritable, ShuffleKey, ShuffleValue> {

    private final FeedCatalog feeds = FeedCatalog.bundled();
    private final FileTallies tallies = new FileTallies();
    private @Nullable Task task;
    private @Nullable FeedLines lines;

    /** What is known once the task starts. */
    private record Task(LoadPlan plan, List<PlannedFile> files, RejectedRows rejectedRows, ShuffleOutput out) {}

    @Override
    protected void setup(Context context) throws IOException {
        LoadPlan plan = LoadPlan.of(context.getConfiguration());
        task = new Task(
                plan,
                plan.files(),
                new RejectedRows(plan.runId(), context.getConfiguration()),
                new ShuffleOutput(plan, context));
    }

    @Override
    protected void map(LineLocation at, BytesWritable record, Context context)
            throws IOException, InterruptedException {
        FeedLines file = linesOf(at.file(), context);
        RecordText text = RecordText.decode(record.getBytes(), 0, record.getLength());
        Outcome outcome = judge(file, at, text, context);
        if (outcome instanceof Accepted accepted) {
            file.send(accepted, at.offset(), Objects.requireNonNull(task).out());
        } else if (outcome instanceof Rejected rejected) {
            reject(file, at.offset(), text, rejected, context);
        }
    }

    private static Outcome judge(FeedLines file, LineLocation at, RecordText text, Context context) {
        if (!text.utf8()) {
            context.getCounter(LoadCounter.LINES_NOT_UTF8).increment(1);
        }
        return at.truncated() ? Rejected.of(RecordFault.TOO_LONG) : file.judge(text);
    }

    private void reject(FeedLines file, long offset, RecordText text, Rejected reason, Context context)
            throws IOException, InterruptedException {
        reason.codes().forEach(code -> context.getCounter(LoadCounter.REJECTIONS, code)
                .increment(1));
        Task known = Objects.requireNonNull(task);
        PlannedFile planned = file.file();
        known.out()
                .rejected(
                        RejectedRows.partition(planned),
                        planned.index(),
                        offset,
                        known.rejectedRows().row(planned, offset, text, reason));
        file.tally().reject();
    }

    private FeedLines linesOf(int file, Context context) throws IOException, InterruptedException {
        if (lines == null || lines.file().index() != file) {
            closeFile(context);
            Task known = Objects.requireNonNull(task);
            lines = FeedLines.open(feeds, known.plan(), known.files().get(file), tallies.of(file));
        }
        return lines;
    }

    private void closeFile(Context context) throws IOException, InterruptedException {
        if (lines != null) {
            lines.close(Objects.requireNonNull(task).out(), (code, count) -> context.getCounter(LoadCounter.FIXES, code)
                    .increment(count));
        }
    }

    @Override
    protected void cleanup(Context context) throws IOException, InterruptedException {
        closeFile(context);
        ShuffleOutput out = Objects.requireNonNull(task).out();
        out.flush();
        for (Map.Entry<Integer, FileTally> tally : tallies.byFile().entrySet()) {
            out.tally(tally.getKey(), tally.getValue());
        }
        FileTally total = tallies.total();
        context.getCounter(LoadCounter.LINES_READ).increment(total.lines());
        context.getCounter(LoadCounter.LINES_ACCEPTED).increment(total.accepted());
        context.getCounter(LoadCounter.LINES_REJECTED).increment(total.rejected());
    }
}
