package com.qcompany.batch.publish;

import com.qcompany.warehouse.state.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One publish, decided to the last file name: the immutable {@code state/journal/SEQUENCE.json}. Replaying it any number
 * of times leads to the same files and catalog. Paths are relative, so that the root may move to another NameNode.
 *
 * @param sequence number of the publish, one above the snapshot it is based on
 * @param runId run that asked for it
 * @param command what ran: load, compact or failure
 * @param changes what happens to each table before readers are shown the sales, in this order
 * @param changesAfter what happens to tables that tell of the publish, after that
 * @param after the state that it leads to
 */
public record JournalEntry(
        long sequence,
        String runId,
        String command,
        List<TableChange> changes,
        List<TableChange> changesAfter,
        Snapshot after) {
    public JournalEntry {
        changes = List.copyOf(changes);
        changesAfter = List.copyOf(changesAfter);
    }

    /**
     * What happens to one table, in the order of the components.
     *
     * @param table name of the table
     * @param moves files that are renamed from staging to where readers find them
     * @param location new location of an unpartitioned table, relative to the root; null for other tables
     * @param added partitions that are registered unless they are
     * @param relocated registered partitions that get another directory
     * @param dropped values of partitions that are forgotten
     * @param superseded directories that no new query reads afterwards, relative to the root; kept for a while
     */
    public record TableChange(
            String table,
            List<Move> moves,
            @Nullable String location,
            List<PartitionLocation> added,
            List<PartitionLocation> relocated,
            List<List<String>> dropped,
            List<String> superseded) {
        public TableChange {
            moves = List.copyOf(moves);
            added = List.copyOf(added);
            relocated = List.copyOf(relocated);
            dropped = List.copyOf(dropped);
            superseded = List.copyOf(superseded);
        }
    }

    /**
     * A rename of one file.
     *
     * @param source relative to the run's staging directory
     * @param target relative to the root
     */
    public record Move(String source, String target) {}

    /**
     * Where a partition lies.
     *
     * @param values values of its partition columns
     * @param location directory, relative to the root
     */
    public record PartitionLocation(List<String> values, String location) {
        public PartitionLocation {
            values = List.copyOf(values);
        }
    }
}
