package com.qcompany.batch.publish;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.schema.Table.Storage;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a run wants to make visible, all of it or nothing: gathered while the run stages files below
 * {@code staging/RUN_ID}, which is removed when all is published. Not thread-safe.
 */
public final class PublishRequest {

    /** Hive and MSCK overlook names that begin with an underscore or a dot. */
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    final String runId;
    final String command;
    final List<DataFile> appends = new ArrayList<>();
    final List<DataFile> replacements = new ArrayList<>();
    final List<Partition> dropped = new ArrayList<>();
    final Set<Long> decided = new TreeSet<>();
    final Set<Long> refused = new TreeSet<>();
    final Set<Long> noLongerRefused = new TreeSet<>();
    private OptionalLong mergedUpTo = OptionalLong.empty();

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
     * One of a run that changes nothing yet.
     *
     * @param runId id of the run, unique over all time
     * @param command what ran: load, compact or failure
     */
    public PublishRequest(String runId, String command) {
        if (!RUN_ID.matcher(runId).matches()) {
            throw new IllegalArgumentException(
                    "Cannot publish run %s: its id cannot begin a visible file name (expected %s)"
                            .formatted(runId, RUN_ID));
        }
        this.runId = runId;
        this.command = command;
    }

    /** Adds files of rows to their partitions, where one is replaced to what replaces it. */
    public PublishRequest append(Collection<DataFile> files) {
        for (DataFile file : files) {
            if (file.table().storage() != Storage.VERSIONED_PARTITIONS) {
                throw new IllegalArgumentException("Cannot append to %s (only partitions can be appended to)"
                        .formatted(file.table().name()));
            }
            boolean isReplaced = replacements.stream()
                    .anyMatch(other -> other.table().equals(file.table())
                            && other.partition().equals(file.partition()));
            (isReplaced ? replacements : appends).add(file);
        }
        return this;
    }

    /** Replaces all rows of an unpartitioned table or of a published partition by those of files. */
    public PublishRequest replace(Collection<DataFile> files) {
        replacements.addAll(files);
        return this;
    }

    /** Forgets partitions that no query reads any more. */
    public PublishRequest drop(Collection<Partition> partitions) {
        dropped.addAll(partitions);
        return this;
    }

    /** Has all sales up to a publish read from the base; else merges stay as they are. */
    public PublishRequest mergedUpTo(long publish) {
        mergedUpTo = OptionalLong.of(publish);
        return this;
    }

    /**
     * Decides about ledger records; else they stay as they are.
     *
     * @param done those that need no loading from now on
     * @param newlyRefused those of them that were refused
     * @param replaced those that were refused earlier and are replaced by a version that is loaded now
     */
    public PublishRequest decide(Set<Long> done, Set<Long> newlyRefused, Set<Long> replaced) {
        decided.addAll(done);
        refused.addAll(newlyRefused);
        noLongerRefused.addAll(replaced);
        return this;
    }

    /** All files that are gathered. */
    public List<DataFile> files() {
        List<DataFile> files = new ArrayList<>(appends);
        files.addAll(replacements);
        return files;
    }

    long mergedUpTo(Snapshot before) {
        return mergedUpTo.orElse(before.mergedUpTo());
    }
}
