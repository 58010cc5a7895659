package com.qcompany.batch.load;

import com.qcompany.batch.feed.AddedValues;
import com.qcompany.batch.feed.CsvRecordReader;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.batch.load.SalesReduction.Sale;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Writes what becomes of sales whose id is known with other values. One that is rejected becomes a row of {@code rejected_rows}
 * that says what it would change; one that stands from now on has the published one removed, and each change listed in
 * {@code restatements}. Not thread-safe.
 */
final class ChangedSales {
    private static final String CODE = "transaction_id_changed";

    private final LoadPlan plan;
    private final AddedValues added;
    private final Quarantine quarantine;
    private final Configuration conf;
    private final LoadReducer.Output out;
    private final FileTallies tallies;

    ChangedSales(LoadPlan plan, AddedValues added, Configuration conf, LoadReducer.Output out, FileTallies tallies) {
        this.plan = plan;
        this.added = added;
        this.quarantine = new Quarantine(plan, conf);
        this.conf = conf;
        this.out = out;
        this.tallies = tallies;
    }

    /** Counts a sale that stands in place of another one, where the contract asks for it. */
    void warn(PlannedFile file) {
        tallies.add(file.index(), FileTallies.WARNINGS, CODE, 1);
    }

    /** Rejects a sale, as another one has its id. */
    void reject(Sale sale, Row before) throws IOException, InterruptedException {
        PlannedFile file = sale.file();
        tallies.add(file.index(), FileTallies.REJECTIONS, CODE, 1);
        Line line = new Line(
                file.path(),
                Line.offsetOf(sale.place()),
                sale.record().require(JobTables.SPLIT_START, Long.class),
                sale.record().require(JobTables.SPLIT_LINE, Long.class),
                false);
        RecordText text = sale.record().get(JobTables.RAW_LINE) instanceof String raw
                ? new RecordText(raw, true)
                : read(file, line);
        Row rejected = quarantine.rejected(file, line, text, reason(before, sale.fact()));
        out.write(Quarantine.partition(file), rejected);
    }

    /** Has a sale stand in place of a published one, or none where no version of it is left. */
    void restate(String id, @Nullable Sale sale, Row before, long addedIn) throws IOException, InterruptedException {
        Row after = sale == null ? new Row(StarSchema.SALES_TRANSACTIONS_FACT) : sale.fact();
        Retraction retraction = plan.retraction();
        String date = retraction == null
                ? Quarantine.partition(Objects.requireNonNull(sale).file())
                : retraction.date();
        String cause = retraction == null ? after.text("source_group") : retraction.cause();
        for (String column : columns(before, after)) {
            Row restatement = new Row(StarSchema.RESTATEMENTS)
                    .set("transaction_id", id)
                    .set("transaction_date", before.get("transaction_date"))
                    .set("column_name", column)
                    .set("old_value", value(before, column))
                    .set("new_value", value(after, column))
                    .set("old_group", before.get("source_group"))
                    .set("cause", cause)
                    .set("published_in", plan.publish())
                    .set("run_id", plan.runId());
            out.write(date, restatement);
        }
        Row removed = new Row(JobTables.REMOVED_SALES)
                .set("transaction_id", id)
                .set("transaction_date", before.get("transaction_date"))
                .set("added_in", addedIn);
        out.write("", removed);
    }

    private List<String> columns(Row before, Row after) {
        Table fact = after.table();
        Map<String, String> old = added.of(before);
        Map<String, String> now = added.of(after);
        return Stream.concat(
                        StarSchema.COMPARED_SALE_COLUMNS.stream()
                                .filter(column -> !before.hasSame(fact.indexOf(column), after)),
                        Stream.concat(old.keySet().stream(), now.keySet().stream())
                                .distinct()
                                .filter(column -> !Objects.equals(old.get(column), now.get(column))))
                .toList();
    }

    private @Nullable String value(Row row, String column) {
        Object value = row.table().has(column) ? row.get(column) : added.of(row).get(column);
        return value instanceof BigDecimal number ? number.toPlainString() : Objects.toString(value, null);
    }

    /** Each column that differs with both values, and where the first came from. */
    private Rejected reason(Row before, Row after) {
        List<String> columns = columns(before, after);
        String changes = columns.stream()
                .map(column -> "%s %s, not %s".formatted(column, shown(before, column), shown(after, column)))
                .collect(Collectors.joining("; "));
        String first = columns.isEmpty() ? "transaction_id" : columns.get(0);
        return new Rejected(
                List.of(CODE),
                first,
                String.valueOf(value(after, first)),
                "Cannot load sale %s: it was loaded from %s with other values: %s (allowed: the same values)"
                        .formatted(after.get("transaction_id"), before.get("source_group"), changes));
    }

    private String shown(Row row, String column) {
        return Objects.toString(value(row, column), "nothing");
    }

    /** Reads a line again from the raw zone, whose files never change. */
    private RecordText read(PlannedFile file, Line line) throws IOException {
        try (CsvRecordReader records = file.records(line.offset(), conf)) {
            if (!records.next()) {
                throw new IOException("Cannot read %s again at byte %d: it ends there (raw files never change)"
                        .formatted(file.path(), line.offset()));
            }
            return records.text();
        }
    }
}
