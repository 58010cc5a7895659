package com.qcompany.pages;

import com.qcompany.hive.ResultTable;
import com.qcompany.hive.ResultTable.Column;
import com.qcompany.hive.Warehouse;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.schema.Table.Storage;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.RemoteIterators;

/** Counts the files below the directory of every table, by one listing each. */
record TableFiles(Warehouse warehouse, Snapshot snapshot) {

    private static final List<Column> COLUMNS = List.of(
            new Column("table", false),
            new Column("files", true),
            new Column("bytes", true),
            new Column("rows", true),
            new Column("kept_files", true),
            new Column("kept_bytes", true));

    private static final List<Column> OPEN_COLUMNS =
            List.of(new Column("hour", false), new Column("files", true), new Column("bytes", true));

    /** A row a table that has files; rows are counted where a publish says them. */
    ResultTable list() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (Table table : StarSchema.STORED_TABLES) {
            rows.add(row(table));
        }
        return new ResultTable(COLUMNS, rows);
    }

    /** A row an hour of the app log whose events are landed but not yet in table {@code kafka}. */
    ResultTable openHours() throws IOException {
        Map<String, LongSummaryStatistics> hours =
                sizes(new Path(warehouse.layout().root(), "stream/open")).entrySet().stream()
                        .collect(Collectors.groupingBy(
                                file -> hour(file.getKey()),
                                TreeMap::new,
                                Collectors.summarizingLong(Map.Entry::getValue)));
        List<List<String>> rows = new ArrayList<>();
        hours.forEach((hour, files) ->
                rows.add(List.of(hour, Long.toString(files.getCount()), Long.toString(files.getSum()))));
        return new ResultTable(OPEN_COLUMNS, rows);
    }

    /** {@code event_date=D event_hour=H} of a file in the directory of an hour. */
    private static String hour(Path file) {
        return file.getParent().getParent().getName() + " " + file.getParent().getName();
    }

    private List<String> row(Table table) throws IOException {
        Map<Path, Long> sizes = sizes(warehouse.layout().table(table));
        List<DataFile> published = DataFile.of(snapshot, warehouse.layout(), table);
        Set<Path> current = table.storage() == Storage.CONVENTIONAL
                ? Set.copyOf(sizes.keySet())
                : published.stream().map(DataFile::path).collect(Collectors.toSet());
        long all = sizes.values().stream().mapToLong(Long::longValue).sum();
        long bytes =
                current.stream().mapToLong(path -> sizes.getOrDefault(path, 0L)).sum();
        return List.of(
                table.name(),
                Integer.toString(current.size()),
                Long.toString(bytes),
                table.storage() == Storage.CONVENTIONAL
                        ? ""
                        : Long.toString(
                                published.stream().mapToLong(DataFile::rows).sum()),
                Integer.toString(sizes.size() - current.size()),
                Long.toString(all - bytes));
    }

    private Map<Path, Long> sizes(Path directory) throws IOException {
        Map<Path, Long> sizes = new HashMap<>();
        if (warehouse.fs().exists(directory)) {
            RemoteIterators.foreach(
                    warehouse.fs().listFiles(directory, true), file -> sizes.put(file.getPath(), file.getLen()));
        }
        return sizes;
    }
}
