package com.qcompany.batch.load;

import com.qcompany.warehouse.state.GroupRecord;
import java.time.LocalDateTime;
import java.util.Set;

/**
 * Which pending groups a load takes: only those named, or all where none is, without the exceptions, up to a nominal
 * hour. Groups are named {@code NAME} or {@code NAME@VERSION}.
 */
record GroupSelection(Set<String> only, Set<String> except, LocalDateTime until) {
    GroupSelection {
        only = Set.copyOf(only);
        except = Set.copyOf(except);
    }

    boolean includes(GroupRecord group) {
        return (only.isEmpty() || names(only, group))
                && !names(except, group)
                && !group.group().hour().isAfter(until);
    }

    /** Whether a version is asked for by its number, and so is loaded though it was refused or has a later one. */
    boolean insistsOn(GroupRecord group) {
        return only.contains(versioned(group));
    }

    private static boolean names(Set<String> names, GroupRecord group) {
        return names.contains(group.name()) || names.contains(versioned(group));
    }

    static String versioned(GroupRecord group) {
        return group.name() + "@" + group.version();
    }
}
