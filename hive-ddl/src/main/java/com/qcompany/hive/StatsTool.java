package com.qcompany.hive;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.LeaseHeldException;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code stats}: gives Hive's planner the row counts and sizes of every table, read from the Parquet footers without a
 * job; one statement a table, whatever its partitions. With {@code --touched}, only of what was published since the
 * statistics were last computed, by it or by a load; {@link ExitCode#NOTHING_TO_DO} where that is nothing.
 *
 * <p>They guide plans only. Hive answers no query on an external table from them, so a file that is appended later
 * cannot make an answer wrong. It holds the warehouse's lease, since Hive writes a partition back as it found it, and
 * would undo a move by a compaction meanwhile; {@link ExitCode#LOCKED} if another run has it.
 */
public final class StatsTool extends Configured implements Tool {

    private static final Option TOUCHED =
            CommandLineSyntax.flag("touched", "only of what was published since statistics were last computed");
    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("stats", new Options().addOption(TOUCHED));

    @Override
    public int run(String[] args) throws IOException {
        boolean touched;
        try {
            touched = SYNTAX.parseOptions(args).hasOption(TOUCHED);
        } catch (IllegalArgumentException e) {
            return SYNTAX.refuse(e).code();
        }
        Warehouse warehouse = Warehouse.of(getConf());
        try (Lease lease = Lease.acquire(warehouse.fs(), warehouse.layout().warehouseLease(), "stats", getConf());
                HiveCatalog catalog = HiveCatalog.open(getConf())) {
            Snapshot published = Snapshots.latest(warehouse.fs(), warehouse.layout());
            StatisticsState told = StatisticsState.latest(warehouse.fs(), warehouse.layout());
            StatisticsRefresh refresh =
                    touched ? StatisticsRefresh.touched(told, published) : StatisticsRefresh.everything();
            return refresh(warehouse, catalog, lease, refresh, told.following(published, refresh))
                    .code();
        } catch (LeaseHeldException e) {
            System.err.println(e.getMessage());
            return ExitCode.LOCKED.code();
        }
    }

    private static ExitCode refresh(
            Warehouse warehouse, HiveCatalog catalog, Lease lease, StatisticsRefresh refresh, StatisticsState after)
            throws IOException {
        if (refresh.isEmpty()) {
            System.out.println("Nothing was published since the statistics were computed.");
            return ExitCode.NOTHING_TO_DO;
        }
        catalog.computeStatistics(refresh);
        lease.verify();
        after.write(warehouse.fs(), warehouse.layout());
        refresh.tables()
                .forEach(table ->
                        System.out.printf("%s.%s has fresh statistics.%n", warehouse.database(), table.name()));
        refresh.partitions()
                .forEach((table, partitions) -> System.out.printf(
                        "%s.%s has fresh statistics of %d partitions.%n",
                        warehouse.database(), table.name(), partitions.size()));
        return ExitCode.OK;
    }
}
