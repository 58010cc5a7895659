package com.qcompany.ops.publish;

import com.qcompany.hive.HiveSession;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;

/** A reader of its own that follows the view of sales as a query does: looks it up, lists files, opens them later. */
final class ViewReader {

    private static final Pattern MERGED = Pattern.compile("`added_in` <= (\\d+)");
    private static final Pattern PUBLISHED = Pattern.compile("`removed_in` > (\\d+)");

    private final PublishedWarehouse warehouse;
    private final String date;
    private final long mergedUpTo;
    private final long published;
    private final Map<Path, Table> files = new LinkedHashMap<>();

    private ViewReader(PublishedWarehouse warehouse, String date, String view) {
        this.warehouse = warehouse;
        this.date = date;
        this.mergedUpTo = first(MERGED, view);
        this.published = first(PUBLISHED, view);
    }

    /** Looks up the view, and lists the files that it reads for a date. */
    static ViewReader list(PublishedWarehouse warehouse, HiveSession session, String date) throws IOException {
        String view = session.query("SHOW CREATE TABLE " + warehouse.fact()).rows().stream()
                .map(row -> row.get(0))
                .collect(Collectors.joining("\n"));
        ViewReader reader = new ViewReader(warehouse, date, view);
        reader.list(session, StarSchema.SALES_BASE);
        reader.list(session, StarSchema.SALES_DELTA);
        return reader;
    }

    /** Opens the files; returns id and money of each sale of the date that the view shows. */
    List<List<String>> open() throws IOException {
        List<List<String>> shown = new ArrayList<>();
        for (Map.Entry<Path, Table> file : files.entrySet()) {
            try (ParquetReader<Row> rows = ParquetRows.reader(file.getValue(), file.getKey(), warehouse.conf)) {
                for (Row row = rows.read(); row != null; row = rows.read()) {
                    if (isShown(row)) {
                        shown.add(List.of(row.text("transaction_id"), String.valueOf(row.get("total_paid_price"))));
                    }
                }
            }
        }
        return shown;
    }

    private void list(HiveSession session, Table table) throws IOException {
        String name = warehouse.database + "." + table.name();
        for (List<String> row : session.query("SHOW PARTITIONS " + name).rows()) {
            String value = row.get(0).substring(row.get(0).indexOf('=') + 1);
            boolean wanted = table == StarSchema.SALES_BASE
                    ? value.equals(date)
                    : Long.parseLong(value) > mergedUpTo && Long.parseLong(value) <= published;
            if (wanted) {
                String column = table.partitionColumns().get(0).name();
                Path location = location(session, "%s PARTITION (%s = '%s')".formatted(name, column, value));
                for (FileStatus file : warehouse.fs.listStatus(location)) {
                    files.put(file.getPath(), table);
                }
            }
        }
    }

    private boolean isShown(Row row) {
        Object removedIn = row.get("removed_in");
        boolean added = row.table() == StarSchema.SALES_BASE
                ? row.require("added_in", Long.class) <= mergedUpTo
                : row.text("transaction_date").equals(date);
        return added && (removedIn == null || (Long) removedIn > published);
    }

    private static Path location(HiveSession session, String partition) throws IOException {
        return session.query("DESCRIBE FORMATTED " + partition).rows().stream()
                .filter(row -> row.get(0).startsWith("Location:"))
                .map(row -> new Path(row.get(1).trim()))
                .findFirst()
                .orElseThrow();
    }

    private static long first(Pattern pattern, String view) {
        Matcher matcher = pattern.matcher(view);
        if (!matcher.find()) {
            throw new IllegalStateException("Cannot find %s in %s".formatted(pattern, view));
        }
        return Long.parseLong(matcher.group(1));
    }
}
