package com.qcompany.batch.load;

import com.qcompany.batch.feed.CsvRecordReader;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.batch.load.PublishedSales.Key;
import com.qcompany.batch.load.SalesReduction.Sale;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Sales whose id is known with other values: each becomes a row of {@code rejected_rows} that says what it would change.
 * They are held, so that the published ones are looked up at once. Not thread-safe.
 */
final class ChangedSales {
    private static final String CODE = "transaction_id_changed";

    /** Columns in which a repeat may differ. */
    private static final Set<String> SUPPLIED = Set.of("source_group", "source_hour", "run_id", "extras");

    private final PublishedSales published;
    private final Quarantine quarantine;
    private final Configuration conf;
    private final LoadReducer.Output out;
    private final Consumer<String> rejections;
    private final List<Changed> held = new ArrayList<>();

    /** A sale with other values than the one that has its id; null before where that is published. */
    private record Changed(String id, Sale sale, @Nullable Row before) {}

    /** @param rejections told the code of each rule that is broken */
    ChangedSales(
            LoadPlan plan,
            PublishedSales published,
            Configuration conf,
            LoadReducer.Output out,
            Consumer<String> rejections) {
        this.published = published;
        this.quarantine = new Quarantine(plan, conf);
        this.conf = conf;
        this.out = out;
        this.rejections = rejections;
    }

    /** Adds a sale, and the sale of this load that has its id; null where that is a published one. */
    void add(String id, Sale sale, @Nullable Row before) {
        held.add(new Changed(id, sale, before));
    }

    /** Rejects all that were added; known are the keys of the published sales among them. */
    void reject(Map<String, Key> known) throws IOException, InterruptedException {
        Map<String, Key> toRead = new HashMap<>(known);
        toRead.keySet().retainAll(held.stream().map(Changed::id).collect(Collectors.toSet()));
        Map<String, Row> rows = published.rows(toRead);
        for (Changed changed : held) {
            Row before = changed.before() == null ? rows.get(changed.id()) : changed.before();
            if (before == null) {
                throw new IOException("Cannot find sale %s where transaction_keys says that it lies (run `q audit`)"
                        .formatted(changed.id()));
            }
            reject(changed.sale(), before);
        }
        held.clear();
    }

    private void reject(Sale sale, Row before) throws IOException, InterruptedException {
        rejections.accept(CODE);
        PlannedFile file = sale.file();
        Line line = new Line(
                file.path(),
                Line.offsetOf(sale.place()),
                sale.record().require(JobTables.SPLIT_START, Long.class),
                sale.record().require(JobTables.SPLIT_LINE, Long.class),
                false);
        Row rejected = quarantine.rejected(file, line, read(file, line), reason(before, sale.fact()));
        out.write(Quarantine.partition(file), rejected);
    }

    /** Each column that differs with both values, and where the first came from. */
    private static Rejected reason(Row before, Row after) {
        Table fact = after.table();
        List<String> columns = fact.columns().stream()
                .map(Column::name)
                .filter(column -> !SUPPLIED.contains(column) && !before.hasSame(fact.indexOf(column), after))
                .toList();
        String changes = columns.stream()
                .map(column -> "%s %s, not %s".formatted(column, shown(before, column), shown(after, column)))
                .collect(Collectors.joining("; "));
        String first = columns.isEmpty() ? "transaction_id" : columns.get(0);
        return new Rejected(
                List.of(CODE),
                first,
                String.valueOf(after.get(first)),
                "Cannot load sale %s: it was loaded from %s with other values: %s (allowed: the same values)"
                        .formatted(after.get("transaction_id"), before.get("source_group"), changes));
    }

    private static String shown(Row row, String column) {
        return Objects.toString(row.get(column), "nothing");
    }

    /** Reads a line again from the raw zone, whose files never change. */
    private RecordText read(PlannedFile file, Line line) throws IOException {
        FSDataInputStream in = file.path().getFileSystem(conf).open(file.path());
        in.seek(line.offset());
        int longest = Settings.LOAD_MAX_RECORD_BYTES.get(conf);
        try (CsvRecordReader records =
                new CsvRecordReader(in, 0, Long.MAX_VALUE, file.record().quotedLineBreaks(), longest)) {
            if (!records.next()) {
                throw new IOException("Cannot read %s again at byte %d: it ends there (raw files never change)"
                        .formatted(file.path(), line.offset()));
            }
            return records.text();
        }
    }
}
