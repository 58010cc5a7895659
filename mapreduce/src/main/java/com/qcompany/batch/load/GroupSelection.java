package com.qcompany.batch.load;

import com.qcompany.warehouse.state.GroupRecord;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * Which pending groups a load takes.
 *
 * @param only names to load; empty for all
 * @param except names to leave waiting
 * @param until last nominal hour to load
 */
record GroupSelection(Set<String> only, Set<String> except, Optional<LocalDateTime> until) {

    GroupSelection {
        only = Set.copyOf(only);
        except = Set.copyOf(except);
    }

    boolean includes(GroupRecord group) {
        return (only.isEmpty() || only.contains(group.name()))
                && !except.contains(group.name())
                && until.map(hour -> !group.group().hour().isAfter(hour)).orElse(true);
    }
}
