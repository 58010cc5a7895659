package com.qcompany.hive;

import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Catalog;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands in where no Hive is configured: files are published, and {@code q repair} registers them later. */
final class DeferredCatalog implements Catalog {

    private static final Logger LOG = LoggerFactory.getLogger(DeferredCatalog.class);

    @Override
    public void setTableLocation(Table table, Path directory) {
        LOG.info("Table {} is at {}; `q repair` will register it in Hive", table.name(), directory);
    }

    @Override
    public void addPartitions(Table table, Map<List<String>, Path> locations) {
        LOG.info("{} partitions of {} are new; `q repair` will register them in Hive", locations.size(), table.name());
    }

    @Override
    public void setPartitionLocations(Table table, Map<List<String>, Path> locations) {
        LOG.info("{} partitions of {} moved; `q repair` will tell Hive", locations.size(), table.name());
    }

    @Override
    public void dropPartitions(Table table, Collection<List<String>> partitions) {
        LOG.info("{} partitions of {} are gone; `q repair` will drop them in Hive", partitions.size(), table.name());
    }

    @Override
    public void showSales(long mergedUpTo, long published, List<AddedColumn> added) {
        LOG.info("Publish {} can be seen in Hive after `q repair`", published);
    }

    @Override
    public void close() {}
}
