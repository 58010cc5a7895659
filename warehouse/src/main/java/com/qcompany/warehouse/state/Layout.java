package com.qcompany.warehouse.state;

import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.schema.Table;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Where everything lies below the one root ({@code q.root}).
 *
 * <pre>
 * raw/uuuu/MM/dd/HH/GROUP/          the three files as received, and _SUCCESS
 * raw/uuuu/MM/dd/HH/_SUCCESS        the hour has a group, which the ledger records
 * tables/TABLE/                     a conventional table: column=value/ directories
 * tables/TABLE/v-0000000012/        a dimension: a whole version of it, named for the publish that wrote it
 * tables/sales_base/root/                          a partitioned table's location, always empty
 * tables/sales_base/data/transaction_date=D/v-…/   a version of one of its partitions
 * staging/RUN/                      what a run writes before it is published; one fresh directory per run
 * state/                            ledger, journal, snapshots, leases
 * state/landed/uuuu/MM/dd/HH/       _SUCCESS once a scheduled ingest ran for the hour: without its flag in raw/ none came
 * state/loaded/uuuu/MM/dd/HH/       _SUCCESS once a group of the hour is loaded or refused and none of it was pending
 * </pre>
 *
 * @param root root directory, fully qualified
 */
public record Layout(Path root) {

    /** Records of the ledger in a directory. */
    public static final int LEDGER_BUCKET = 1_000;

    private static final String SUCCESS = "_SUCCESS";
    private static final DateTimeFormatter HOUR_DIRECTORY = DateTimeFormatter.ofPattern("uuuu/MM/dd/HH", Locale.ROOT);

    public static Layout of(Configuration conf) {
        return new Layout(new Path(Settings.ROOT.get(conf)));
    }

    /** Directory of the raw zone that a group of an hour is copied to. */
    public Path rawGroup(LocalDateTime hour, String group) {
        return new Path(root, "raw/" + HOUR_DIRECTORY.format(hour) + "/" + group);
    }

    /** The flag of a scheduler's input: the hour has a group, and the ledger records it. UTC. */
    public Path takenFlag(LocalDateTime hour) {
        return rawGroup(hour, SUCCESS);
    }

    /** The flag that an ingest with {@code --once} ran for the hour, whether a group came or not. UTC. */
    public Path landedFlag(LocalDateTime hour) {
        return new Path(state("landed"), HOUR_DIRECTORY.format(hour) + "/" + SUCCESS);
    }

    /** The flag of a scheduler's output: what came for the hour was loaded. UTC. */
    public Path loadedFlag(LocalDateTime hour) {
        return new Path(state("loaded"), HOUR_DIRECTORY.format(hour) + "/" + SUCCESS);
    }

    public Path ledgerRecord(long sequence) {
        return ledgerBucket(sequence / LEDGER_BUCKET).file(sequence);
    }

    /** The records from {@code number} times {@link #LEDGER_BUCKET} on, in a directory below {@link #ledgerRecords}. */
    public SequencedFiles ledgerBucket(long number) {
        return new SequencedFiles(new Path(ledgerRecords(), "%07d".formatted(number)));
    }

    public Path ledgerRecords() {
        return state("ledger/records");
    }

    public Path table(Table table) {
        return new Path(root, "tables/" + table.name());
    }

    /**
     * What a table's DDL names as its location: the conventional root, the always empty root of a table of versioned partitions, or the empty
     * version 0 of a dimension.
     */
    public Path initialLocation(Table table) {
        return switch (table.storage()) {
            case CONVENTIONAL -> table(table);
            case VERSIONED_PARTITIONS -> new Path(table(table), "root");
            case VERSIONED_TABLE -> tableVersion(table, 0);
            case VIEW -> throw new IllegalArgumentException("Cannot locate %s: it is a view".formatted(table.name()));
        };
    }

    public Path tableVersion(Table table, long version) {
        return new Path(table(table), versionName(version));
    }

    /** Directory of a version of one partition of a versioned table. */
    public Path partitionVersion(Table table, List<String> partition, long version) {
        return new Path(table(table), "data/" + table.partitionDirectory(partition) + "/" + versionName(version));
    }

    public Path partition(Table table, List<String> partition) {
        return new Path(table(table), table.partitionDirectory(partition));
    }

    /** Why a step of a scheduler failed, where the scheduler itself cannot know: text, by the scheduler's id of the step. */
    public Path failure(String id) {
        return new Path(state("failures"), id.replaceAll("[^A-Za-z0-9._@-]", "-"));
    }

    /** What closings of hours of the app log published: {@code uuuu-MM-dd/HOUR.N.json}, by the hour's date. */
    public Path closedHours() {
        return new Path(root, "stream/closings/done");
    }

    /** Directory of the lease of the one process that closes hours of the app log, or changes files of closed ones. */
    public Path compactionLease() {
        return state("leases/stream-compaction");
    }

    /** The file of the app log that takes the place of one when a run erases somebody: {@code NAME@RUN.parquet}. */
    public static Path erased(Path file, String run) {
        return new Path(file.getParent(), stem(file) + "@" + run + ".parquet");
    }

    /** The name that a file of the app log was published with, whoever was erased from it since. */
    public static String publishedAs(Path file) {
        return stem(file) + ".parquet";
    }

    private static String stem(Path file) {
        return file.getName().replaceFirst("(@.*)?[.]parquet$", "");
    }

    /** Directory of the lease that keeps all changes of the published state apart. */
    public Path warehouseLease() {
        return state("leases/warehouse");
    }

    /** Entries that publishes are committed to, before any of them can be seen. */
    public SequencedFiles journal() {
        return new SequencedFiles(state("journal"));
    }

    /** States that publishes led to; where there is one, all of it can be seen. */
    public SequencedFiles snapshots() {
        return new SequencedFiles(state("snapshots"));
    }

    /** Directory that only one run writes to. */
    public Path staging(String runId) {
        return new Path(root, "staging/" + runId);
    }

    public Path stagingRoot() {
        return new Path(root, "staging");
    }

    /** Directory of a kind of state: ledger, journal, snapshots, leases. */
    public Path state(String kind) {
        return new Path(root, "state/" + kind);
    }

    private static String versionName(long version) {
        return "v-%010d".formatted(version);
    }
}
