package com.qcompany.batch.dimension;

import com.qcompany.warehouse.state.SourceGroup;
import java.util.Map;
import java.util.Set;

/**
 * The groups behind ledger records, by the records' sequences, in the order of the source.
 *
 * @param forgotten ledger records of groups in which published versions do not count as seen any more
 */
public record GroupOrder(Map<Long, SourceGroup> groups, Set<Long> forgotten) {
    public GroupOrder {
        groups = Map.copyOf(groups);
        forgotten = Set.copyOf(forgotten);
    }

    /** The group of a ledger record, which there must be. */
    public SourceGroup group(long sequence) {
        SourceGroup group = groups.get(sequence);
        if (group == null) {
            throw new IllegalStateException(
                    "Cannot find group %d in source_groups (run `q audit`)".formatted(sequence));
        }
        return group;
    }
}
