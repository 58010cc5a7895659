package com.qcompany.batch.load;

import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.Outcome;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.batch.feed.Outcome.Waiting;
import com.qcompany.batch.feed.RecordFault;
import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.job.RowWritable;
import com.qcompany.batch.job.ShuffleKey;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;
import org.jspecify.annotations.Nullable;

/**
 * What a map task makes of lines: accepted records for the reducers, lines for {@code rejected_rows} and
 * {@code waiting_rows}, and at the end the tallies of the files. Not thread-safe.
 */
final class LineJudge {
    private final LoadPlan plan;
    private final FeedCatalog feeds;
    private final TaskInputOutputContext<?, ?, ShuffleKey, RowWritable> context;
    private int file = -1;
    private @Nullable FeedLines linesOfFile;
    private final FileTallies tallies = new FileTallies();
    private final ShuffleKey key = new ShuffleKey();
    private final RowWritable value = new RowWritable();

    /**
     * A line to be judged.
     *
     * @param file its file
     * @param offset where it begins, in bytes
     * @param splitStart where the split that it was read from starts
     * @param splitLine line number from there
     * @param lineNumber number in the file; asked for only where the line is not loaded
     */
    record Place(PlannedFile file, long offset, long splitStart, long splitLine, LineNumber lineNumber) {}

    /** Finds the number of a line. */
    interface LineNumber {
        long get() throws IOException;
    }

    LineJudge(LoadPlan plan, FeedCatalog feeds, TaskInputOutputContext<?, ?, ShuffleKey, RowWritable> context) {
        this.plan = plan;
        this.feeds = feeds;
        this.context = context;
    }

    /** Judges a line and sends on what it is. */
    void take(Place place, RecordText text, boolean truncated) throws IOException, InterruptedException {
        FeedLines lines = lines(place.file());
        tallies.add(place.file().index(), FileTally.line());
        Outcome outcome = truncated ? Rejected.of(RecordFault.TOO_LONG) : lines.parse(text);
        if (outcome instanceof Accepted accepted) {
            accept(lines, accepted, place);
        } else if (outcome instanceof Waiting waiting) {
            hold(place, text, waiting);
        } else if (outcome instanceof Rejected rejected) {
            reject(place, text, rejected);
        }
    }

    /** Lines come file by file. */
    private FeedLines lines(PlannedFile next) {
        FeedLines lines = linesOfFile;
        if (lines == null || file != next.index()) {
            countFixes();
            lines = FeedLines.open(feeds, plan, next);
            linesOfFile = lines;
            file = next.index();
        }
        return lines;
    }

    private void countFixes() {
        if (linesOfFile != null) {
            linesOfFile.drainFixes((code, count) ->
                    context.getCounter(LoadCounters.FIXES, code).increment(count));
        }
    }

    private void accept(FeedLines lines, Accepted record, Place place) throws IOException, InterruptedException {
        int index = place.file().index();
        if (lines.bringsSales()) {
            tallies.add(index, FileTally.sale(lines.sums(record)));
        } else if (plan.refuses(place.file())) {
            tallies.add(index, FileTally.refusal());
            return;
        } else {
            tallies.add(index, FileTally.describing());
        }
        Row row = lines.row(record)
                .set(JobTables.SPLIT_START, place.splitStart())
                .set(JobTables.SPLIT_LINE, place.splitLine());
        send(row, lines.key(record), number(place));
    }

    private void hold(Place place, RecordText text, Waiting reason) throws IOException, InterruptedException {
        if (plan.refuses(place.file())) {
            tallies.add(place.file().index(), FileTally.refusal());
            return;
        }
        tallies.add(place.file().index(), FileTally.waitingSale());
        reason.codes()
                .forEach(code -> context.getCounter(LoadCounters.WAITING, code).increment(1));
        Rejected why = new Rejected(reason.codes(), reason.column(), reason.value(), reason.message());
        send(quarantined(StarSchema.WAITING_ROWS, place, text, why), "", number(place));
    }

    private void reject(Place place, RecordText text, Rejected reason) throws IOException, InterruptedException {
        tallies.add(place.file().index(), FileTally.rejection());
        reason.codes().forEach(code -> context.getCounter(LoadCounters.REJECTIONS, code)
                .increment(1));
        Row row = quarantined(StarSchema.REJECTED_ROWS, place, text, reason)
                .set("group_refused", plan.refuses(place.file()))
                .set("run_id", plan.runId());
        String date = place.file().group().group().hour().toLocalDate().toString();
        send(row, date, number(place));
    }

    private static Row quarantined(Table table, Place place, RecordText text, Rejected why) throws IOException {
        return new QuarantinedLine(
                        place.file(),
                        place.offset(),
                        place.lineNumber().get(),
                        text,
                        why.codes(),
                        why.column(),
                        why.value(),
                        why.message())
                .row(table);
    }

    private static long number(Place place) {
        return RecordPlace.pack(place.file().index(), place.offset());
    }

    /** Sends the tallies, and counts what was mended. */
    void close() throws IOException, InterruptedException {
        countFixes();
        for (Map.Entry<Integer, FileTally> tally : tallies.byFile().entrySet()) {
            send(tally.getValue().toRow(tally.getKey()), Integer.toString(tally.getKey()), 0);
        }
    }

    private void send(Row row, String group, long number) throws IOException, InterruptedException {
        context.write(key.set(JobTables.ordinal(row.table()), group, "", number), value.set(row));
    }
}
