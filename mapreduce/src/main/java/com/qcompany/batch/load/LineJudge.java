package com.qcompany.batch.load;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedParser;
import com.qcompany.batch.feed.Outcome;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.batch.feed.Outcome.Waiting;
import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.batch.feed.RecordFault;
import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.job.ShuffleKey;
import com.qcompany.batch.load.FileTallies.Count;
import com.qcompany.batch.load.FileTallies.Sum;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.batch.load.LoadPlan.PlannedFile.Kind;
import com.qcompany.batch.quality.ColumnMeasure;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;
import org.jspecify.annotations.Nullable;

/**
 * What a map task makes of lines: accepted records for the reducers, lines for {@code rejected_rows} and
 * {@code waiting_rows}, what is measured of each file, and at the end the tallies of the files. Not thread-safe.
 */
final class LineJudge {
    private final LoadPlan plan;
    private final TaskInputOutputContext<?, ?, ShuffleKey, BytesWritable> context;
    private final Quarantine quarantine;
    private final FileTallies tallies = new FileTallies();
    private final ShuffleKey key = new ShuffleKey();
    private final JobTables tables;

    /** By feed and header: hundreds of files may have a waiting line each. */
    private final Map<List<Object>, FeedParser> parsers = new HashMap<>();

    private @Nullable OpenFile open;

    /**
     * The file whose lines come, its parser, in a retraction one that knows the keys from before it and the numbers of its
     * rejected lines, and what is measured of the file; nothing where its lines were measured before.
     */
    private record OpenFile(
            PlannedFile file,
            Table records,
            OutputMapping main,
            FeedParser parser,
            FeedParser parserBefore,
            Set<Long> rejected,
            List<ColumnMeasure> measures) {}

    LineJudge(LoadPlan plan, TaskInputOutputContext<?, ?, ShuffleKey, BytesWritable> context) {
        this.plan = plan;
        this.context = context;
        this.quarantine = new Quarantine(plan, context.getConfiguration());
        this.tables = JobTables.of(plan.feeds());
    }

    /** Judges a line and sends on what it is. Lines come file by file. */
    void judge(PlannedFile file, Line line, RecordText text) throws IOException, InterruptedException {
        OpenFile from = open(file);
        if (file.kind() == Kind.RETRACTED || file.kind() == Kind.SCANNED) {
            judgeAgain(from, line, text);
            return;
        }
        Outcome outcome = line.truncated()
                ? RecordFault.TOO_LONG.rejected()
                : from.parser().parse(text);
        for (ColumnMeasure measure : from.measures()) {
            measure.addRecord(outcome);
        }
        if (outcome instanceof Accepted accepted) {
            accept(from, line, text, accepted);
            return;
        }
        tallies.add(file.index(), Count.READ, Sum.LINE);
        if (outcome instanceof Waiting waiting) {
            hold(file, line, text, waiting.reason());
        } else if (outcome instanceof Rejected rejected) {
            reject(file, line, text, rejected);
        }
    }

    /**
     * Judges a line of a loaded group while sales are decided again. What was rejected or waited before stays as it is; a
     * sale of a group that is taken back, by whatever contract it was loaded, or whose agent or branch is not known any more,
     * is decided again without it.
     */
    private void judgeAgain(OpenFile from, Line line, RecordText text) throws IOException, InterruptedException {
        PlannedFile file = from.file();
        if (file.kind() == Kind.RETRACTED) {
            decideAgain(from, line, text);
            return;
        }
        if (!from.rejected().isEmpty() && from.rejected().contains(quarantine.numberInFile(line))) {
            return;
        }
        Outcome now = line.truncated()
                ? RecordFault.TOO_LONG.rejected()
                : from.parser().parse(text);
        if (now instanceof Accepted accepted) {
            send(row(from, line, text, accepted), key(from, accepted), line.place(file.index()));
        } else if (now instanceof Waiting waiting && from.parserBefore().parse(text) instanceof Accepted) {
            decideAgain(from, line, text);
            tallies.add(file.index(), Count.READ, Sum.LINE);
            hold(file, line, text, waiting.reason());
        }
    }

    /** Has the sale of a line that is not loaded any more decided again. */
    private void decideAgain(OpenFile from, Line line, RecordText text) throws IOException, InterruptedException {
        PlannedFile file = from.file();
        OutputMapping main = from.main();
        Object id = main.isOfSales() ? from.parser().read(main.fieldOf(main.keyColumn()), text) : null;
        if (id != null) {
            Row again = new Row(JobTables.DECIDED_AGAIN)
                    .set("transaction_id", id)
                    .set("source_group", file.source().text());
            context.write(
                    key.set(tables.place(from.records()), id.toString(), "", line.place(file.index())),
                    tables.bytes(again));
        }
    }

    private OpenFile open(PlannedFile file) throws IOException, InterruptedException {
        OpenFile before = open;
        if (before != null && before.file().index() == file.index()) {
            return before;
        }
        closeFile();
        Feed feed = file.feed();
        Retraction retraction = plan.retraction();
        FeedParser parser = parsers.computeIfAbsent(
                List.of(feed.name(), file.record().header()), any -> new FeedParser(file.header(), plan::knows));
        OpenFile opened = new OpenFile(
                file,
                tables.of(feed),
                feed.mainMapping(),
                parser,
                retraction == null ? parser : new FeedParser(file.header(), retraction::knewBefore),
                retraction == null ? Set.of() : retraction.rejected().getOrDefault(file.place(), Set.of()),
                file.kind() == Kind.NEW
                        ? feed.measured().stream().map(ColumnMeasure::new).toList()
                        : List.of());
        open = opened;
        return opened;
    }

    /** Counts what was mended in the open file, and sends what was measured of it. */
    private void closeFile() throws IOException, InterruptedException {
        OpenFile closed = open;
        if (closed != null) {
            int file = closed.file().index();
            boolean counts = closed.file().kind() != Kind.SCANNED;
            closed.parser().drainFixes((code, lines) -> {
                if (counts) {
                    tallies.add(file, FileTallies.FIXES, code, lines);
                }
            });
            for (ColumnMeasure measure : closed.measures()) {
                send(measure.row(file), ShuffleKey.ordered(file) + "/" + measure.name(), 0);
            }
        }
    }

    private void accept(OpenFile from, Line line, RecordText text, Accepted record)
            throws IOException, InterruptedException {
        PlannedFile file = from.file();
        if (!plan.refuses(file)) {
            count(FileTallies.WARNINGS, file, record.warnings());
        }
        if (from.main().isOfSales()) {
            tallies.add(file.index(), Count.READ, Sum.sale(from.main(), record.values()));
        } else {
            tallies.add(file.index(), Count.READ, Sum.LINE);
            tallies.add(file.index(), plan.refuses(file) ? Count.REFUSED : Count.LOADED, Sum.LINE);
            if (plan.refuses(file)) {
                return;
            }
        }
        send(row(from, line, text, record), key(from, record), line.place(file.index()));
    }

    private static String key(OpenFile from, Accepted record) {
        Object id = from.main().key(record.values());
        return id instanceof Integer number ? ShuffleKey.ordered(number) : id.toString();
    }

    /** A line that waited keeps its text: an erasure may have moved it in the file. */
    private static Row row(OpenFile from, Line line, RecordText text, Accepted record) {
        Row row = JobTables.row(from.records(), record, line.splitStart(), line.splitLine());
        return from.file().kind() == Kind.WAITING ? row.set(JobTables.RAW_LINE, text.text()) : row;
    }

    private void hold(PlannedFile file, Line line, RecordText text, Rejected reason)
            throws IOException, InterruptedException {
        if (plan.refuses(file)) {
            tallies.add(file.index(), Count.REFUSED, Sum.LINE);
            return;
        }
        tallies.add(file.index(), Count.WAITING, Sum.LINE);
        count(FileTallies.WAITING, file, reason.codes());
        send(quarantine.waiting(file, line, text, reason), "", line.place(file.index()));
    }

    private void reject(PlannedFile file, Line line, RecordText text, Rejected reason)
            throws IOException, InterruptedException {
        tallies.add(file.index(), Count.REJECTED, Sum.LINE);
        count(FileTallies.REJECTIONS, file, reason.codes());
        send(quarantine.rejected(file, line, text, reason), Quarantine.partition(file), line.place(file.index()));
    }

    private void count(String kind, PlannedFile file, List<String> codes) {
        codes.forEach(code -> tallies.add(file.index(), kind, code, 1));
    }

    /** Sends the tallies and measures, and counts what was mended. */
    void close() throws IOException, InterruptedException {
        for (PlannedFile file : plan.files()) {
            if (file.kind() == Kind.NEW && file.record().rows() == 0) {
                open(file); // each task measures nothing of it
            }
        }
        closeFile();
        for (Row row : tallies.rows()) {
            send(row, String.valueOf(row.get("file")), 0);
        }
    }

    private void send(Row row, String group, long number) throws IOException, InterruptedException {
        context.write(key.set(tables.place(row.table()), group, "", number), tables.bytes(row));
    }
}
