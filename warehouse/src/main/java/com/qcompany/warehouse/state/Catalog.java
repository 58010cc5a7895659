package com.qcompany.warehouse.state;

import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.Collection;
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

    /** Forgets partitions; those that are not registered are left out, and files stay. */
    void dropPartitions(Table table, Collection<List<String>> partitions) throws IOException;

    /**
     * Lets readers see all that was published: one statement, after which new queries see it whole. Queries that were
     * compiled before go on with what they saw.
     *
     * @param mergedUpTo last publish whose sales are read from the base
     * @param published last publish to be seen
     * @param added columns beside those of the star schema
     */
    void showSales(long mergedUpTo, long published, List<AddedColumn> added) throws IOException;

    /**
     * Forgets views of the sales as of publishes before one, whose rows a merge is about to leave out; a catalog without
     * such views has nothing to do.
     */
    default void hideSalesBefore(long published) throws IOException {}

    @Override
    void close() throws IOException;
}
