package com.qcompany.hive;

import com.fasterxml.jackson.databind.JsonNode;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Rename;
import com.qcompany.warehouse.state.SequencedFiles;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.InvocationRaisingIOE;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a warehouse of the release before, which had no base and delta, out of the way: its tables to
 * {@code tables-before-base-and-delta} and its state to {@code state/before-base-and-delta}. The raw zone and its ledger
 * stay, so that the next load loads every accepted group again.
 *
 * <p>The snapshots are moved last. Until then every other command refuses the warehouse, and a call that was killed is
 * completed by the next one. To be called under the warehouse's lease.
 */
final class Upgrade {

    private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);

    /** The tables that a load published in the release before. */
    static final List<String> TABLES = List.of(
            "sales_transactions_fact",
            "transaction_keys",
            "customer_dim",
            "product_dim",
            "sales_agent_dim",
            "branch_dim",
            "rejected_rows",
            "load_runs");

    private static final String BEFORE = "before-base-and-delta";

    private final FileSystem fs;
    private final Path root;
    private final SequencedFiles journal;
    private final SequencedFiles snapshots;

    Upgrade(Warehouse warehouse) {
        this.fs = warehouse.fs();
        this.root = warehouse.layout().root();
        this.journal = warehouse.layout().journal();
        this.snapshots = warehouse.layout().snapshots();
    }

    /** Whether the last snapshot is of the release before, which did not write its format. */
    boolean isDue() throws IOException {
        long last = snapshots.last(fs).orElse(0);
        return last > 0
                && !ImmutableFiles.read(fs, snapshots.file(last), JsonNode.class)
                        .has("format");
    }

    /**
     * Moves everything.
     *
     * @param tables drops the old tables in Hive, while their files stay, and creates the new ones; can be called again
     * @throws IllegalStateException if a publish was cut short: the release before has to complete it
     */
    void run(InvocationRaisingIOE tables) throws IOException {
        refuseUnfinishedPublish();
        for (String table : TABLES) {
            move(new Path(root, "tables/" + table), new Path(oldTables(), table));
        }
        tables.apply();
        for (String kind : List.of("statistics", "journal", "snapshots")) {
            move(new Path(root, "state/" + kind), new Path(oldState(), kind));
        }
    }

    /** Where the old tables are; nothing reads it. */
    Path oldTables() {
        return new Path(root, "tables-" + BEFORE);
    }

    /** Where the old state is; nothing reads it. */
    Path oldState() {
        return new Path(root, "state/" + BEFORE);
    }

    private void refuseUnfinishedPublish() throws IOException {
        long begun = journal.last(fs).orElse(0);
        if (begun > snapshots.last(fs).orElse(0)) {
            throw new IllegalStateException(
                    "Cannot upgrade: publish %d was cut short (let `q load` of the release before complete it first)"
                            .formatted(begun));
        }
    }

    /** What lies at the target was moved by a call that was killed, and what lies at the source is new. */
    private void move(Path source, Path target) throws IOException {
        if (!fs.exists(source) || fs.exists(target)) {
            return;
        }
        fs.mkdirs(target.getParent());
        if (!Rename.attempt(fs, source, target)) {
            throw new IOException("Cannot move %s to %s (may this user write there?)".formatted(source, target));
        }
        LOG.info("Moved {} to {}", source, target);
    }
}
