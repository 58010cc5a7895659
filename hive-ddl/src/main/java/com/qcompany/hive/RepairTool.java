package com.qcompany.hive;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.ErasedFile;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.LeaseCheck;
import com.qcompany.warehouse.state.LeaseHeldException;
import com.qcompany.warehouse.state.Rename;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Tool;

/**
 * {@code repair}: makes Hive follow what is published. Creates what is missing of the database, points the dimensions to
 * the current versions of the last snapshot, adds, moves and drops partitions of the versioned tables as it says,
 * synchronises the conventional tables with their directories, and at last replaces the views. A file that lies beside
 * published ones, as an INSERT by hand leaves it, gets a name that hides it from queries. A published file that is gone,
 * as after an INSERT OVERWRITE, is taken back from the trash of whoever deleted it; {@link ExitCode#CHECKS_FAILED} where
 * it is in none.
 *
 * <p>Published files are never touched. Running it again changes nothing. It holds the warehouse's lease, since a publish
 * between reading the snapshot and following it would be undone in Hive; {@link ExitCode#LOCKED} if another run has it.
 */
public final class RepairTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("repair", new Options());

    private static final String ROW = "%-24s %s%n";

    @Override
    public int run(String[] args) throws IOException {
        SYNTAX.parseOptions(args);
        Warehouse warehouse = Warehouse.of(getConf());
        try (Lease lease = Lease.acquire(warehouse.fs(), warehouse.layout().warehouseLease(), "repair", getConf())) {
            boolean whole = repair(warehouse, lease::verify);
            lease.verify();
            completeErasedFiles(warehouse);
            return (whole ? ExitCode.OK : ExitCode.CHECKS_FAILED).code();
        }
    }

    /** Hours of the app log of which queries fail because an erasure was killed; a closing that runs does the same. */
    private void completeErasedFiles(Warehouse warehouse) throws IOException {
        try (Lease lease = Lease.acquire(warehouse.fs(), warehouse.layout().compactionLease(), "repair", getConf())) {
            lease.verify();
            new ErasedFile(warehouse.fs(), warehouse.layout()).complete();
        } catch (LeaseHeldException e) {
            System.out.printf(ROW, StarSchema.KAFKA.name(), e.getMessage());
        }
    }

    /** Whether every published file is there. */
    private boolean repair(Warehouse warehouse, LeaseCheck lease) throws IOException {
        Snapshot snapshot = Snapshots.latest(warehouse.fs(), warehouse.layout());
        try (HiveSession session = HiveSession.open(getConf())) {
            Ddl.createTables(session, warehouse);
            HiveCatalog.over(session, getConf())
                    .follow(
                            snapshot,
                            warehouse.layout(),
                            lease,
                            (table, what) -> System.out.printf(ROW, table.name(), what));
            boolean whole = restoreFiles(warehouse, snapshot);
            Ddl.createViews(session, warehouse, snapshot);
            System.out.printf(
                    ROW, StarSchema.SALES_TRANSACTIONS_FACT.name(), "shows publish %d".formatted(snapshot.sequence()));
            return whole;
        }
    }

    /**
     * Renames what was put beside published files so that no query reads it, and takes back published files that are gone
     * from a trash of HDFS; nothing is deleted. Where runs append, a file may be of a publish that is not complete. Returns
     * whether every published file is there.
     */
    private boolean restoreFiles(Warehouse warehouse, Snapshot snapshot) throws IOException {
        boolean whole = true;
        for (Table table : FileAudit.versionedTables()) {
            List<DataFile> files = DataFile.of(snapshot, warehouse.layout(), table);
            Set<Path> strays = new FileAudit(warehouse, getConf()).visible(files);
            for (DataFile file : files) {
                whole &= strays.remove(file.path()) || takeBack(warehouse, table, file);
            }
            if (!StarSchema.RECORDS_OF_RUNS.contains(table)) {
                for (Path stray : strays) {
                    hide(warehouse, table, stray);
                }
            }
        }
        return whole;
    }

    private static void hide(Warehouse warehouse, Table table, Path stray) throws IOException {
        Path hidden = new Path(stray.getParent(), ".not-published-%s-%s".formatted(UUID.randomUUID(), stray.getName()));
        if (!Rename.attempt(warehouse.fs(), stray, hidden)) {
            throw new IOException("Cannot hide %s as %s (the rename was refused)".formatted(stray, hidden));
        }
        System.out.printf(ROW, table.name(), "had a file that nobody published: now " + hidden);
    }

    /** Whether a file that is gone was found in a trash, with its rows, and is back. */
    private boolean takeBack(Warehouse warehouse, Table table, DataFile file) throws IOException {
        Optional<Path> deleted = deleted(warehouse, file);
        if (deleted.isPresent()) {
            warehouse.fs().mkdirs(file.path().getParent());
        }
        boolean back = deleted.isPresent() && Rename.attempt(warehouse.fs(), deleted.get(), file.path());
        System.out.printf(
                ROW,
                table.name(),
                back
                        ? "had lost a file: taken back from " + deleted.get()
                        : "LACKS %s, which is in no trash (restore the file, then repair again)"
                                .formatted(file.path()));
        return back;
    }

    private Optional<Path> deleted(Warehouse warehouse, DataFile file) throws IOException {
        String path = file.path().toUri().getPath();
        FileStatus[] found = warehouse.fs().globStatus(new Path("/user/*/.Trash/*" + path));
        for (FileStatus candidate : found == null ? new FileStatus[0] : found) {
            if (ParquetRows.rowCount(candidate.getPath(), getConf()) == file.rows()) {
                return Optional.of(candidate.getPath());
            }
        }
        return Optional.empty();
    }
}
