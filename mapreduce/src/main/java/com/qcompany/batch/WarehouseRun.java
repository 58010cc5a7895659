package com.qcompany.batch;

import com.qcompany.batch.contract.ContractHistory;
import com.qcompany.batch.erase.ErasureRun;
import com.qcompany.batch.feed.Contracts;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.ingest.Ledger;
import com.qcompany.batch.publish.Publisher;
import com.qcompany.hive.Catalogs;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.time.Clock;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.functional.FunctionRaisingIOE;

/** What a run works with that changes the warehouse by its contracts, under the lease {@code state/leases/warehouse}. */
public record WarehouseRun(
        Configuration conf,
        FileSystem fs,
        Layout layout,
        Clock clock,
        Publisher publisher,
        Ledger ledger,
        FeedCatalog feeds) {
    /** One over a file system and catalog that stay open. */
    public static WarehouseRun of(Configuration conf, FileSystem fs, Layout layout, Catalog catalog, Lease lease)
            throws IOException {
        return new WarehouseRun(
                conf,
                fs,
                layout,
                Clock.systemUTC(),
                new Publisher(fs, layout, catalog, lease::verify, conf),
                Ledger.open(fs, layout),
                new ContractHistory(fs, layout).withAdded(Contracts.of(conf)));
    }

    /** Does something under the lease, and gives the exit code. */
    public static int locked(Configuration conf, String command, FunctionRaisingIOE<WarehouseRun, ExitCode> work)
            throws IOException {
        Layout layout = Layout.of(conf);
        FileSystem fs = layout.root().getFileSystem(conf);
        try (Lease lease = Lease.acquire(fs, layout.warehouseLease(), command, conf);
                Catalog catalog = Catalogs.open(conf)) {
            return work.apply(of(conf, fs, layout, catalog, lease)).code();
        }
    }

    /**
     * Compares the contracts with those of the last run, completes the publish and the erasures that earlier runs began,
     * and returns the current state.
     *
     * @param acceptContracts whether contracts may break with the last ones
     */
    public Snapshot begin(boolean acceptContracts) throws IOException {
        new ContractHistory(fs, layout).use(feeds, acceptContracts);
        return recover();
    }

    /** Completes the publish and the erasures that earlier runs began, and returns the current state. */
    public Snapshot recover() throws IOException {
        return new ErasureRun(this).completeBegun(publisher.recover());
    }
}
