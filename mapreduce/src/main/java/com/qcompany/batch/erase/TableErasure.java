package com.qcompany.batch.erase;

import static com.qcompany.warehouse.parquet.ParquetRows.anyOf;
import static com.qcompany.warehouse.state.ErasedCustomers.ERASED;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.dimension.SeenIn;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedHeader;
import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.batch.feed.PersonMask;
import com.qcompany.batch.feed.PersonMask.Person;
import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.ingest.RecordErasure.Removal;
import com.qcompany.batch.merge.SalesRemoval;
import com.qcompany.batch.publish.PublishRequest;
import com.qcompany.batch.publish.Rewrite;
import com.qcompany.batch.publish.RunRow;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.ConsumerRaisingIOE;
import org.apache.hadoop.util.functional.FunctionRaisingIOE;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetReader;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Takes who a customer is out of the tables: partitions that say it are staged once more without, and replaced by one
 * publish. What becomes of a row is what a load of the erased raw files makes of it: sales keep all but street and
 * {@code extras}, the versions of the customer become one, and keys digest what is left.
 */
final class TableErasure {
    private static final String COMMAND = "erase";
    private static final String ID = StarSchema.CUSTOMERS.key();

    private final WarehouseRun run;
    private final Person person;
    private final ConsumerRaisingIOE<Removal> journal;
    private final Instant start;
    private final String runId;
    private final OutputMapping sales;
    private final Set<String> ids = new HashSet<>();
    private final Map<List<Object>, Long> digests = new HashMap<>();
    private final Map<String, Optional<PersonMask>> masks = new HashMap<>();
    private final List<DataFile> staged = new ArrayList<>();
    private final Pattern theirsInMessage;

    /** Takes who the customer is out of a row of a partition, and says whether that changed it. */
    private interface Change {
        boolean apply(Row row, List<String> partition) throws IOException;
    }

    TableErasure(WarehouseRun run, Person person, ConsumerRaisingIOE<Removal> journal) {
        this.run = run;
        this.person = person;
        this.journal = journal;
        this.start = run.clock().instant();
        this.runId = RunRow.id(COMMAND, start);
        // As ChangedSales says it of a sale that was the customer's and came as another's.
        this.theirsInMessage = Pattern.compile("%s (%d, not |\\d+, not %2$d\\b)".formatted(ID, person.id()));
        this.sales = run.feeds().feeds().stream()
                .filter(Feed::bringsSales)
                .findFirst()
                .orElseThrow()
                .mainMapping();
    }

    /** Publishes the tables without the customer; the state before where they are so already. */
    Snapshot publish(Snapshot before) throws IOException {
        FilterPredicate theirs = FilterApi.eq(FilterApi.intColumn(ID), person.id());
        stage(before, StarSchema.SALES_BASE, theirs, this::eraseSale);
        stage(before, StarSchema.SALES_DELTA, theirs, this::eraseSale);
        stage(before, StarSchema.TRANSACTION_KEYS, anyOf("transaction_id", ids), this::eraseKey);
        collectRestated(before);
        stage(before, StarSchema.RESTATEMENTS, anyOf("transaction_id", ids), this::eraseRestatement);
        stage(before, StarSchema.REJECTED_ROWS, null, this::eraseLine);
        stage(before, StarSchema.WAITING_ROWS, null, this::eraseLine);
        stageCustomers(DataFile.of(before, run.layout(), StarSchema.CUSTOMER_DIM), theirs);
        if (staged.isEmpty()) {
            return before;
        }
        RunRow row = new RunRow(runId, COMMAND, "published", start, run.clock().instant());
        Row told = row.row().set("message", "customer " + person.id());
        PublishRequest request = new PublishRequest(runId, COMMAND)
                .append(row.stage(told, run.layout(), run.conf()))
                .replace(staged);
        return run.publisher().publish(before, request);
    }

    /** Stages the partitions of a table in which a row changes; only rows that meet the predicate may. */
    private void stage(Snapshot before, Table table, @Nullable FilterPredicate rows, Change change) throws IOException {
        Map<List<String>, List<DataFile>> partitions = DataFile.of(before, run.layout(), table).stream()
                .collect(Collectors.groupingBy(DataFile::partition, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<List<String>, List<DataFile>> partition : partitions.entrySet()) {
            Map<DataFile, Long> changed = new HashMap<>();
            for (DataFile file : partition.getValue()) {
                ParquetRows.forEach(reader(file, rows), row -> {
                    if (change.apply(row, partition.getKey())) {
                        changed.merge(file, 1L, Long::sum);
                    }
                });
            }
            if (!changed.isEmpty()) {
                replace(partition.getValue(), changed, row -> {
                    change.apply(row, partition.getKey());
                    return Optional.of(row);
                });
            }
        }
    }

    /** Stages all versions of the customer as one, seen wherever one of them was. */
    private void stageCustomers(List<DataFile> files, FilterPredicate theirs) throws IOException {
        List<Row> versions = new ArrayList<>();
        Map<DataFile, Long> changed = new HashMap<>();
        RoaringBitmap seen = new RoaringBitmap();
        for (DataFile file : files) {
            ParquetRows.forEach(reader(file, theirs), version -> {
                versions.add(version);
                if (erase(version)) {
                    changed.merge(file, 1L, Long::sum);
                }
                seen.or(SeenIn.groups(version.text(Dimension.SEEN_IN)));
            });
        }
        if (!changed.isEmpty()) {
            versions.sort(Comparator.comparing(version -> version.require(Dimension.VERSION_NUMBER, Integer.class)));
            Row one = versions.get(versions.size() - 1)
                    .copy(Dimension.VALID_FROM, versions.get(0))
                    .set(Dimension.VERSION_NUMBER, 1)
                    .set(Dimension.SEEN_IN, SeenIn.text(seen));
            replace(files, changed, row -> {
                boolean isTheirs = row.require(ID, Integer.class) == person.id();
                boolean isFirst = row.require(Dimension.VERSION_NUMBER, Integer.class) == 1;
                return isTheirs && !isFirst ? Optional.empty() : Optional.of(isTheirs ? one : row);
            });
        }
    }

    private void replace(
            List<DataFile> files, Map<DataFile, Long> changed, FunctionRaisingIOE<Row, Optional<Row>> change)
            throws IOException {
        Path directory = new Path(run.layout().staging(runId), Integer.toString(staged.size()));
        List<DataFile> copies = new Rewrite(run.fs(), run.conf()).stage(files, directory, change);
        staged.addAll(copies);
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i).path();
            Long rows = changed.get(files.get(i));
            if (rows != null) {
                journal.accept(Removal.of(run.fs(), file, rows, copies.get(i).path()));
            }
        }
    }

    private ParquetReader<Row> reader(DataFile file, @Nullable FilterPredicate rows) throws IOException {
        return rows == null
                ? ParquetRows.reader(file.table(), file.path(), run.conf())
                : ParquetRows.reader(file.table(), file.path(), run.conf(), rows);
    }

    /** Whether a row of the customer said who that is. */
    private static boolean erase(Row row) {
        boolean erased = false;
        for (Column column : row.table().columns()) {
            Object value = row.get(column.name());
            boolean isStreet = column.name().endsWith("shipping_address");
            if (StarSchema.PERSONAL_COLUMNS.contains(column.name()) && value != null && !value.equals(ERASED)) {
                row.set(column.name(), column.nullable() && !isStreet ? null : ERASED);
                erased = true;
            }
        }
        return erased;
    }

    private boolean eraseSale(Row row, List<String> partition) {
        if (row.require(ID, Integer.class) != person.id()) {
            return false;
        }
        SalesRemoval.Sale sale = SalesRemoval.Sale.of(row, partition.get(0));
        ids.add(sale.id());
        if (!erase(row)) {
            return false;
        }
        Row fact = new Row(StarSchema.SALES_TRANSACTIONS_FACT).copyShared(row).set("transaction_date", sale.date());
        digests.put(List.of(sale.id(), sale.addedIn()), sales.digest(fact));
        return true;
    }

    private boolean eraseKey(Row row, List<String> partition) {
        Long digest = digests.get(List.of(row.text("transaction_id"), row.require("added_in", Long.class)));
        if (digest == null || digest.equals(row.get("content_digest"))) {
            return false;
        }
        row.set("content_digest", digest);
        return true;
    }

    /** Sales that were the customer's and are another's, or were taken back. */
    private void collectRestated(Snapshot before) throws IOException {
        DataFile.forEachRow(before, run.layout(), StarSchema.RESTATEMENTS, run.conf(), row -> {
            String customer = Integer.toString(person.id());
            if (row.text("column_name").equals(ID)
                    && (customer.equals(row.get("old_value")) || customer.equals(row.get("new_value")))) {
                ids.add(row.text("transaction_id"));
            }
        });
    }

    private boolean eraseRestatement(Row row, List<String> partition) {
        boolean erased = false;
        String column = row.text("column_name");
        boolean isAdded = !StarSchema.SALES_TRANSACTIONS_FACT.has(column);
        if (ids.contains(row.text("transaction_id")) && (isAdded || StarSchema.PERSONAL_COLUMNS.contains(column))) {
            for (String value : List.of("old_value", "new_value")) {
                if (row.get(value) != null && !ERASED.equals(row.get(value))) {
                    row.set(value, ERASED);
                    erased = true;
                }
            }
        }
        return erased;
    }

    private boolean eraseLine(Row row, List<String> partition) throws IOException {
        String place = row.get("group_sequence") + "/" + row.text("source_file");
        if (!masks.containsKey(place)) {
            masks.put(place, mask(row));
        }
        RecordText line =
                new RecordText(row.text("raw_line"), row.text("raw_encoding").equals("utf-8"));
        Optional<RecordText> masked = masks.get(place).flatMap(of -> of.mask(line));
        masked.ifPresent(text -> row.set("raw_line", text.text())
                .set("raw_encoding", text.encoding())
                .set("column_value", null)
                .set(
                        "message",
                        "Cannot accept record of an erased customer (it breaks %s)".formatted(row.get("rule_codes"))));
        if (masked.isEmpty() && theirsInMessage.matcher(row.text("message")).find()) {
            row.set(
                    "message",
                    "Cannot load sale: it was loaded with values of a customer who is erased (allowed: the same values)");
            return true;
        }
        return masked.isPresent();
    }

    private Optional<PersonMask> mask(Row row) throws IOException {
        GroupRecord group = run.ledger().read(row.require("group_sequence", Long.class));
        for (FileRecord file : group.files()) {
            if (file.name().equals(row.text("source_file"))) {
                FeedHeader header = FeedHeader.bindTaken(run.feeds().feed(file.feed()), file.name(), file.header());
                return PersonMask.of(header, List.of(person));
            }
        }
        return Optional.empty();
    }
}
