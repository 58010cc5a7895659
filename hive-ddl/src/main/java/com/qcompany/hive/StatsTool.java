package com.qcompany.hive;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Lease;
import java.io.IOException;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code stats}: gives Hive's planner the row counts and sizes of every table, read from the Parquet footers without a
 * job; one statement a table, whatever its partitions.
 *
 * <p>They guide plans only: Hive answers no query on an external table from them, so what is published later cannot make
 * an answer wrong. It holds the warehouse's lease, since Hive writes a partition back as it found it, and would undo a
 * move by a publish meanwhile; {@link ExitCode#LOCKED} if another run has it.
 */
public final class StatsTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("stats", new Options());

    @Override
    public int run(String[] args) throws IOException {
        SYNTAX.parseOptions(args);
        Warehouse warehouse = Warehouse.of(getConf());
        try (Lease lease = Lease.acquire(warehouse.fs(), warehouse.layout().warehouseLease(), "stats", getConf());
                HiveCatalog catalog = HiveCatalog.open(getConf())) {
            catalog.computeStatistics(StarSchema.STORED_TABLES);
            lease.verify();
        }
        System.out.printf(
                "%d tables of database %s have fresh statistics.%n",
                StarSchema.STORED_TABLES.size(), warehouse.database());
        return ExitCode.OK.code();
    }
}
