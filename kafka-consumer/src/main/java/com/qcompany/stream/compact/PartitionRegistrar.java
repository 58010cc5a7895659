package com.qcompany.stream.compact;

import com.qcompany.hive.Catalogs;
import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.CallableRaisingIOE;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes partitions of conventional tables known to Hive as their first files appear.
 *
 * <p>A partition is remembered as an empty file {@code stream/unregistered/TABLE/VALUE,VALUE} until Hive has it, so that
 * an outage of the metastore delays it and a crash does not lose it. Whoever publishes a file remembers its partition
 * before it puts its own journal away. Thread-safe; several processes may register the same partition.
 */
public final class PartitionRegistrar {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionRegistrar.class);
    private static final String SEPARATOR = ",";

    private final StreamFiles stream;
    private final CallableRaisingIOE<Catalog> catalogs;
    /** Markers of partitions that this process has remembered, and those Hive has got since. */
    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    /** @param catalogs opens the catalog */
    PartitionRegistrar(StreamFiles stream, CallableRaisingIOE<Catalog> catalogs) {
        this.stream = stream;
        this.catalogs = catalogs;
    }

    /** Registers in the catalog that the configuration names; nothing is opened before there is something to register. */
    public static PartitionRegistrar of(StreamFiles stream) {
        return new PartitionRegistrar(stream, () -> Catalogs.open(stream.conf()));
    }

    /**
     * Remembers that a partition has files, durably; nothing if this process has done so before.
     *
     * @param values values of the partition columns
     */
    public void remember(Table table, List<String> values) throws IOException {
        Path marker = marker(table, values);
        if (!known.contains(marker)) {
            stream.fs().create(marker, true).close();
            known.add(marker);
        }
    }

    /**
     * Registers what is remembered, many partitions a statement. Where the catalog does not answer, that is a warning,
     * and they stay remembered for the next call.
     *
     * @return partitions that Hive does not have yet
     * @throws IOException if the markers cannot be listed or removed
     */
    public synchronized int register() throws IOException {
        int left = 0;
        for (FileStatus table : Listing.of(stream.fs(), stream.path("unregistered"))) {
            List<FileStatus> markers = Listing.of(stream.fs(), table.getPath());
            if (!markers.isEmpty()) {
                left += register(StarSchema.table(table.getPath().getName()), markers);
            }
        }
        return left;
    }

    private int register(Table table, List<FileStatus> markers) throws IOException {
        Map<List<String>, Path> locations = new LinkedHashMap<>();
        for (FileStatus marker : markers) {
            List<String> values = List.of(marker.getPath().getName().split(SEPARATOR, -1));
            locations.put(values, stream.warehouse().partition(table, values));
        }
        try (Catalog catalog = catalogs.apply()) {
            catalog.addPartitions(table, locations);
        } catch (IOException e) {
            LOG.warn("Hive does not know {} partitions yet, until it answers: {}", markers.size(), e.getMessage());
            return markers.size();
        }
        for (FileStatus marker : markers) {
            stream.fs().delete(marker.getPath(), false);
        }
        return 0;
    }

    private Path marker(Table table, List<String> values) {
        String name = String.join(SEPARATOR, values);
        if (values.size() != table.partitionColumns().size()) {
            throw new IllegalArgumentException("Cannot register partition %s of %s (expected values of %s)"
                    .formatted(values, table.name(), table.partitionColumns()));
        }
        return new Path(stream.path("unregistered"), table.name() + "/" + name);
    }
}
