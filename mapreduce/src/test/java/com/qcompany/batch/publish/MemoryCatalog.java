package com.qcompany.batch.publish;

import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Catalog;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** A catalog in memory that outlives the runs that change it, as a metastore does. */
public final class MemoryCatalog {

    private final Map<String, String> locations = new TreeMap<>();

    /** Location by table name, or by table name and partition values. */
    Map<String, String> locations() {
        return Map.copyOf(locations);
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
        public void close() {}
    }
}
