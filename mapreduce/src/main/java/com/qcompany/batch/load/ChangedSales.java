package com.qcompany.batch.load;

import com.qcompany.batch.feed.CsvRecordReader;
import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.batch.load.Observations.Output;
import com.qcompany.batch.load.TransactionKeys.Key;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Sales whose id is known with other values: each becomes a row of {@code rejected_rows} that says what it would change.
 * They are held, so that the published ones are looked up at once. Not thread-safe.
 */
final class ChangedSales {
    private final LoadPlan plan;
    private final PublishedSales published;
    private final LineNumbers lineNumbers;
    private final Configuration conf;
    private final Output out;
    private final Consumer<String> rejections;
    private final List<Changed> held = new ArrayList<>();

    /** A sale with other values than the one that has its id; null before where that is published. */
    private record Changed(String id, AcceptedSale sale, @Nullable Row before) {}

    /** @param rejections told the code of each rule that is broken */
    ChangedSales(LoadPlan plan, PublishedSales published, Configuration conf, Output out, Consumer<String> rejections) {
        this.plan = plan;
        this.published = published;
        this.lineNumbers = new LineNumbers(conf);
        this.conf = conf;
        this.out = out;
        this.rejections = rejections;
    }

    /**
     * Adds a sale.
     *
     * @param before the sale of this load that has its id; null where that is a published one
     */
    void add(String id, AcceptedSale sale, @Nullable Row before) {
        held.add(new Changed(id, sale, before));
    }

    /**
     * Rejects all that were added.
     *
     * @param known keys of the published sales among them
     */
    void reject(Map<String, Key> known) throws IOException, InterruptedException {
        Map<String, Key> toRead = new HashMap<>();
        for (Changed changed : held) {
            Key key = known.get(changed.id());
            if (key != null) {
                toRead.put(changed.id(), key);
            }
        }
        Map<String, Row> before = published.find(toRead);
        for (Changed changed : held) {
            Row old = changed.before() == null ? before.get(changed.id()) : changed.before();
            if (old == null) {
                throw new IOException("Cannot find sale %s where transaction_keys says that it lies (run `q audit`)"
                        .formatted(changed.id()));
            }
            reject(changed.sale(), new SaleChange(old, changed.sale().fact()));
        }
        held.clear();
    }

    private void reject(AcceptedSale sale, SaleChange change) throws IOException, InterruptedException {
        rejections.accept(SaleChange.CODE);
        PlannedFile file = sale.file();
        List<String> columns = change.columns();
        String column = columns.isEmpty() ? "transaction_id" : columns.get(0);
        QuarantinedLine line = new QuarantinedLine(
                file,
                sale.offset(),
                lineNumbers.inFile(
                        file.path(),
                        sale.record().require(JobTables.SPLIT_START, Long.class),
                        sale.record().require(JobTables.SPLIT_LINE, Long.class)),
                read(file, sale.offset()),
                List.of(SaleChange.CODE),
                column,
                String.valueOf(sale.fact().get(column)),
                change.message());
        out.write(
                file.group().group().hour().toLocalDate().toString(),
                line.row(StarSchema.REJECTED_ROWS)
                        .set("group_refused", plan.refuses(file))
                        .set("run_id", plan.runId()));
    }

    /** Reads a line again from the raw zone, whose files never change. */
    private RecordText read(PlannedFile file, long offset) throws IOException {
        FSDataInputStream in = file.path().getFileSystem(conf).open(file.path());
        in.seek(offset);
        int longest = Settings.LOAD_MAX_RECORD_BYTES.get(conf);
        try (CsvRecordReader records =
                new CsvRecordReader(in, 0, Long.MAX_VALUE, file.record().quotedLineBreaks(), longest)) {
            if (!records.next()) {
                throw new IOException("Cannot read %s again at byte %d: it ends there (raw files never change)"
                        .formatted(file.path(), offset));
            }
            return records.text();
        }
    }
}
