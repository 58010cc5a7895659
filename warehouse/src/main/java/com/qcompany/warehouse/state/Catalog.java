package com.qcompany.warehouse.state;

import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * What readers look tables up in. Publishing changes it as the journal says; every operation is idempotent, so that a
 * publish that was cut short can be done again from its start.
 */
public interface Catalog extends AutoCloseable {

    /** Points an unpartitioned table to a new directory; running queries finish on the old one. */
    void setTableLocation(Table table, Path directory) throws IOException;

    /**
     * Registers partitions by location, many in one statement; those that are registered already stay as they are.
     *
     * @param locations directory by partition values
     */
    void addPartitions(Table table, Map<List<String>, Path> locations) throws IOException;

    /** Points registered partitions to new directories; running queries finish on the old ones. */
    void setPartitionLocations(Table table, Map<List<String>, Path> locations) throws IOException;

    /**
     * Brings the statistics that guide plans closer to what is published, at a bounded cost: those of the unpartitioned
     * tables that changed, and of the partitions for which they are farthest from the truth. No answer depends on them.
     * For the holder of the warehouse's lease: no location may change meanwhile.
     *
     * @param published the current state, which the catalog follows already
     * @param mostPartitions partitions whose statistics are computed, at most
     */
    default void refreshStatistics(Snapshot published, int mostPartitions) throws IOException {}

    @Override
    void close() throws IOException;
}
