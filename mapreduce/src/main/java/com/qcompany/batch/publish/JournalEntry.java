package com.qcompany.batch.publish;

import com.qcompany.warehouse.state.Snapshot;
import java.util.List;

/**
 * One publish, decided to the last file name: the immutable {@code state/journal/SEQUENCE.json}. Replaying it any number
 * of times leads to the same files and catalog. Paths are relative, so that the root may move to another NameNode.
 *
 * @param sequence number of the publish, one above the snapshot it is based on
 * @param command what ran: load, compact or failure
 * @param moves files that are renamed from staging to where readers find them
 * @param after the state that it leads to; what changes in the catalog is how it differs from the state before
 */
public record JournalEntry(long sequence, String runId, String command, List<Move> moves, Snapshot after) {
    public JournalEntry {
        moves = List.copyOf(moves);
    }

    /** A rename of one file of a table: the source relative to the run's staging directory, the target to the root. */
    public record Move(String table, String source, String target) {}
}
