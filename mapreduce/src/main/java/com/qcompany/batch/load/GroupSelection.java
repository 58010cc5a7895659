package com.qcompany.batch.load;

import com.qcompany.batch.ingest.Ledger;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.GroupRecord;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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

    /**
     * Makes sure that every name is that of a group that was taken in.
     *
     * @throws UsageException naming the first that is not
     */
    void requireTaken(Ledger ledger) throws IOException {
        Set<String> names = new TreeSet<>(only);
        names.addAll(except);
        for (String name : names) {
            String[] parts = name.split("@(?=[0-9]{1,9}$)"); // a group's own name has no @
            Optional<GroupRecord> taken = ledger.latest(parts[0])
                    .filter(last -> parts.length == 1 || Integer.parseInt(parts[1]) <= last.version());
            if (taken.isEmpty()) {
                throw new UsageException(
                        "Cannot load by group %s: no such group was taken in (expected NAME or NAME@VERSION)"
                                .formatted(name));
            }
        }
    }

    private static boolean names(Set<String> names, GroupRecord group) {
        return names.contains(group.name()) || names.contains(versioned(group));
    }

    static String versioned(GroupRecord group) {
        return group.name() + "@" + group.version();
    }
}
