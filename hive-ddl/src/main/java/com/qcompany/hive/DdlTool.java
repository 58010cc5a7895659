package com.qcompany.hive;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code ddl}: creates the database, tables and views that are missing, and the directories the tables begin at.
 *
 * <p>Running it again changes no table; all of them, also those that it made anew, and the views show what is
 * published. With {@code --upgrade} it moves what the release before published out of the way first, see
 * {@link Upgrade}. It holds the warehouse's lease, since a publish between reading the last snapshot and replacing the view of
 * the sales would be hidden again; {@link ExitCode#LOCKED} if another run has it.
 */
public final class DdlTool extends Configured implements Tool {

    private static final Option UPGRADE =
            CommandLineSyntax.flag("upgrade", "moves a warehouse of the release before out of the way first");
    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("ddl", new Options().addOption(UPGRADE));

    @Override
    public int run(String[] args) throws IOException {
        boolean upgrade = SYNTAX.parseOptions(args).hasOption(UPGRADE);
        Warehouse warehouse = Warehouse.of(getConf());
        try (Lease lease = Lease.acquire(warehouse.fs(), warehouse.layout().warehouseLease(), "ddl", getConf());
                HiveSession session = HiveSession.open(getConf())) {
            if (upgrade) {
                upgrade(session, warehouse, lease);
            }
            create(session, warehouse, Snapshots.latest(warehouse.fs(), warehouse.layout()), lease);
        }
        new TablePermissions(warehouse.fs(), warehouse.layout(), getConf())
                .apply()
                .forEach(System.out::println);
        System.out.printf(
                "Database %s has %d tables and their views.%n", warehouse.database(), StarSchema.TABLES.size());
        return ExitCode.OK.code();
    }

    private void create(HiveSession session, Warehouse warehouse, Snapshot published, Lease lease) throws IOException {
        Ddl.createTables(session, warehouse);
        // A table that is made anew knows no partition.
        HiveCatalog.over(session, getConf()).follow(published, warehouse.layout(), lease::verify, (table, what) -> {});
        lease.verify();
        Ddl.createViews(session, warehouse, published);
    }

    private void upgrade(HiveSession session, Warehouse warehouse, Lease lease) throws IOException {
        Upgrade upgrade = new Upgrade(warehouse);
        if (!upgrade.isDue()) {
            System.out.println("Nothing to upgrade: what is published here is of this release.");
            return;
        }
        upgrade.run(() -> {
            lease.verify();
            Ddl.dropTables(session, warehouse, Upgrade.TABLES);
            create(session, warehouse, Snapshot.empty(), lease);
        });
        System.out.printf(
                """
                Moved the warehouse of the release before out of the way. The next `q load` loads every accepted group of
                the raw zone again, which makes the same figures. Once they are right, these can be deleted:
                  %s
                  %s
                """,
                upgrade.oldTables(), upgrade.oldState());
    }
}
