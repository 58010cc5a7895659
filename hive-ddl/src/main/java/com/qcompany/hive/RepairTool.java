package com.qcompany.hive;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.LeaseHeldException;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Tool;

/**
 * {@code repair}: makes Hive follow what is published. Creates what is missing of the database, points the dimensions to
 * the current versions of the last snapshot, adds, moves and drops partitions of the versioned tables as it says, and
 * synchronises the conventional tables with their directories.
 *
 * <p>Files of tables are never touched. Running it again changes nothing. What is registered anew has no statistics, so
 * that the next {@code stats --touched} computes all of them. It holds the warehouse's lease, since a publish between
 * reading the snapshot and following it would be undone in Hive; {@link ExitCode#LOCKED} if another run has it.
 */
public final class RepairTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("repair", new Options());

    @Override
    public int run(String[] args) throws IOException {
        try {
            SYNTAX.parseOptions(args);
        } catch (IllegalArgumentException e) {
            return SYNTAX.refuse(e).code();
        }
        Warehouse warehouse = Warehouse.of(getConf());
        try (Lease lease = Lease.acquire(warehouse.fs(), warehouse.layout().warehouseLease(), "repair", getConf())) {
            repair(warehouse);
            lease.verify();
            return ExitCode.OK.code();
        } catch (LeaseHeldException e) {
            System.err.println(e.getMessage());
            return ExitCode.LOCKED.code();
        }
    }

    private void repair(Warehouse warehouse) throws IOException {
        Snapshot snapshot = Snapshots.latest(warehouse.fs(), warehouse.layout());
        StatisticsState.forget(warehouse.fs(), warehouse.layout());
        try (HiveSession session = HiveSession.open(getConf())) {
            Ddl.apply(session, warehouse);
        }
        try (HiveCatalog catalog = HiveCatalog.open(getConf())) {
            for (Table table : StarSchema.TABLES) {
                String done =
                        switch (table.storage()) {
                            case VERSIONED_TABLE -> follow(catalog, table, warehouse.layout(), snapshot);
                            case VERSIONED_PARTITIONS -> followPartitions(catalog, table, warehouse.layout(), snapshot);
                            case CONVENTIONAL -> synchronise(catalog, table);
                        };
                System.out.printf("%-24s %s%n", table.name(), done);
            }
        }
    }

    private static String follow(HiveCatalog catalog, Table table, Layout layout, Snapshot snapshot)
            throws IOException {
        Path current = layout.tableVersion(table, snapshot.versionOf(table));
        catalog.setTableLocation(table, current);
        return "is at " + current.getName();
    }

    private static String followPartitions(HiveCatalog catalog, Table table, Layout layout, Snapshot snapshot)
            throws IOException {
        Map<List<String>, Path> published = new HashMap<>();
        snapshot.partitionsOf(table).forEach((joined, state) -> {
            List<String> values = List.of(joined.split("/"));
            published.put(values, layout.partitionVersion(table, values, state.version()));
        });
        Set<List<String>> registered = catalog.partitions(table);
        PartitionRepair repair = PartitionRepair.plan(
                published, registered, registered.isEmpty() ? Map.of() : catalog.partitionLocations(table));
        catalog.addPartitions(table, repair.missing());
        catalog.setPartitionLocations(table, repair.moved());
        catalog.dropPartitions(table, repair.gone());
        return "has %d partitions: %d added, %d moved, %d dropped"
                .formatted(
                        published.size(),
                        repair.missing().size(),
                        repair.moved().size(),
                        repair.gone().size());
    }

    private static String synchronise(HiveCatalog catalog, Table table) throws IOException {
        catalog.syncPartitions(table);
        return "follows its directories";
    }
}
