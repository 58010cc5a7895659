package com.qcompany.batch.publish;

import com.qcompany.warehouse.schema.Table.Storage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * What a run wants to make visible, all of it or nothing.
 *
 * @param runId id of the run, unique over all time; file names begin with it
 * @param command what ran: load or compact
 * @param staging the run's staging directory, {@code staging/RUN_ID}; removed when all is published
 * @param appends files that add rows to a partition; for an unpartitioned table, all files of its next version
 * @param rewrites files that replace all rows of a partition of a versioned table
 * @param ledgerSequencesLoaded ledger records that need no loading from now on: loaded, duplicate or empty
 */
public record PublishRequest(
        String runId,
        String command,
        Path staging,
        List<StagedFile> appends,
        List<StagedFile> rewrites,
        Set<Long> ledgerSequencesLoaded) {

    /** Hive and MSCK overlook names that begin with an underscore or a dot. */
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    public PublishRequest {
        appends = List.copyOf(appends);
        rewrites = List.copyOf(rewrites);
        ledgerSequencesLoaded = java.util.Collections.unmodifiableSet(new TreeSet<>(ledgerSequencesLoaded));
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
        for (StagedFile rewrite : rewrites) {
            if (rewrite.table().storage() != Storage.VERSIONED_PARTITIONS) {
                throw new IllegalArgumentException("Cannot rewrite a part of %s (only versioned partitions can be)"
                        .formatted(rewrite.table().name()));
            }
        }
    }
}
