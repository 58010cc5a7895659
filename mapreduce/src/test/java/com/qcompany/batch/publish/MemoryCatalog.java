package com.qcompany.batch.publish;

import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Catalog;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** A catalog in memory that outlives the runs that change it, as a metastore does. */
public final class MemoryCatalog {

    /**
     * What the view of sales shows.
     *
     * @param mergedUpTo last publish whose sales are read from the base
     * @param published last publish to be seen
     */
    public record View(long mergedUpTo, long published) {}

    private final Map<String, String> locations = new TreeMap<>();
    private View view = new View(0, 0);

    /** Location by table name, or by table name and partition values. */
    Map<String, String> locations() {
        return Map.copyOf(locations);
    }

    /** Locations of a table's registered partitions by their first value. */
    Map<String, String> partitionsOf(Table table) {
        Map<String, String> partitions = new TreeMap<>();
        String prefix = key(table, List.of());
        locations.forEach((key, location) -> {
            if (key.startsWith(prefix)) {
                partitions.put(key.substring(prefix.length()), location);
            }
        });
        return partitions;
    }

    /** What the view of sales shows now. */
    public View view() {
        return view;
    }

    /** A connection to it that one run uses and is killed with. */
    Catalog connect(CrashPoint crash) {
        return new Connection(crash);
    }

    /** A connection on which every change fails. */
    static Catalog down() {
        return new DownCatalog();
    }

    private static String key(Table table, List<String> values) {
        return table.name() + "/" + String.join("/", values);
    }

    private final class Connection implements Catalog {

        private final CrashPoint crash;

        Connection(CrashPoint crash) {
            this.crash = crash;
        }

        @Override
        public void setTableLocation(Table table, Path directory) throws IOException {
            crash.step(() -> locations.put(table.name(), directory.toString()));
        }

        @Override
        public void addPartitions(Table table, Map<List<String>, Path> added) throws IOException {
            for (Map.Entry<List<String>, Path> entry : added.entrySet()) {
                crash.step(() -> locations.putIfAbsent(
                        key(table, entry.getKey()), entry.getValue().toString()));
            }
        }

        @Override
        public void setPartitionLocations(Table table, Map<List<String>, Path> changed) throws IOException {
            for (Map.Entry<List<String>, Path> entry : changed.entrySet()) {
                crash.step(() -> {
                    String key = key(table, entry.getKey());
                    if (locations.replace(key, entry.getValue().toString()) == null) {
                        throw new IOException("Cannot move partition %s: it is not registered".formatted(key));
                    }
                    return key;
                });
            }
        }

        @Override
        public void dropPartitions(Table table, Collection<List<String>> partitions) throws IOException {
            for (List<String> partition : partitions) {
                crash.step(() -> locations.remove(key(table, partition)));
            }
        }

        @Override
        public void showSales(long mergedUpTo, long published, List<AddedColumn> added) throws IOException {
            crash.step(() -> view = new View(mergedUpTo, published));
        }

        @Override
        public void close() {}
    }

    private static final class DownCatalog implements Catalog {

        @Override
        public void setTableLocation(Table table, Path directory) throws IOException {
            throw new IOException("Connection refused");
        }

        @Override
        public void addPartitions(Table table, Map<List<String>, Path> added) throws IOException {
            throw new IOException("Connection refused");
        }

        @Override
        public void setPartitionLocations(Table table, Map<List<String>, Path> changed) throws IOException {
            throw new IOException("Connection refused");
        }

        @Override
        public void dropPartitions(Table table, Collection<List<String>> partitions) throws IOException {
            throw new IOException("Connection refused");
        }

        @Override
        public void showSales(long mergedUpTo, long published, List<AddedColumn> added) throws IOException {
            throw new IOException("Connection refused");
        }

        @Override
        public void close() {}
    }
}
