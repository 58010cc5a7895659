package com.qcompany.batch.publish;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.schema.Table.Storage;
import com.qcompany.warehouse.state.Snapshot;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * What a run wants to make visible, all of it or nothing.
 *
 * @param runId id of the run, unique over all time
 * @param command what ran: load, compact or failure
 * @param staging the run's staging directory, {@code staging/RUN_ID}; removed when all is published
 * @param appends files that add rows to a partition
 * @param replacements files that replace all rows of an unpartitioned table or of a published partition
 * @param dropped partitions that no query reads any more
 * @param mergedUpTo last publish whose sales are all in the base afterwards
 * @param groups what becomes of ledger records
 */
public record PublishRequest(
        String runId,
        String command,
        Path staging,
        List<StagedFile> appends,
        List<StagedFile> replacements,
        List<Partition> dropped,
        long mergedUpTo,
        GroupDecisions groups) {
    /** Hive and MSCK overlook names that begin with an underscore or a dot. */
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** A partition of a table, by the values of the partition columns in the table's order. */
    public record Partition(Table table, List<String> values) {
        public Partition {
            values = List.copyOf(values);
        }

        /** Where new queries read a sale from. */
        public static Partition ofSale(Snapshot published, String date, long addedIn) {
            return addedIn > published.mergedUpTo()
                    ? new Partition(StarSchema.SALES_DELTA, List.of(Long.toString(addedIn)))
                    : new Partition(StarSchema.SALES_BASE, List.of(date));
        }
    }

    /**
     * What becomes of ledger records: which need no loading from now on, which of these were refused, and which were
     * refused earlier and are replaced by a version that is loaded now.
     */
    public record GroupDecisions(SortedSet<Long> decided, SortedSet<Long> refused, SortedSet<Long> noLongerRefused) {
        /** Nothing is decided. */
        public static final GroupDecisions NONE = new GroupDecisions(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    public PublishRequest {
        appends = List.copyOf(appends);
        replacements = List.copyOf(replacements);
        dropped = List.copyOf(dropped);
        if (!RUN_ID.matcher(runId).matches()) {
            throw new IllegalArgumentException(
                    "Cannot publish run %s: its id cannot begin a visible file name (expected %s)"
                            .formatted(runId, RUN_ID));
        }
        if (!staging.getName().equals(runId)) {
            throw new IllegalArgumentException(
                    "Cannot publish run %s from %s (expected a staging directory of that name)"
                            .formatted(runId, staging));
        }
        for (StagedFile file : appends) {
            if (file.table().storage() != Storage.VERSIONED_PARTITIONS) {
                throw new IllegalArgumentException("Cannot append to %s (only partitions can be appended to)"
                        .formatted(file.table().name()));
            }
        }
    }

    /** A request that leaves merges and groups as they are. */
    public static PublishRequest of(
            Snapshot before, String runId, String command, Path staging, List<StagedFile> appends) {
        return new PublishRequest(
                runId, command, staging, appends, List.of(), List.of(), before.mergedUpTo(), GroupDecisions.NONE);
    }
}
