package com.qcompany.batch.load;

import com.qcompany.batch.ingest.Ledger;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.Status;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a load does with the groups that are pending: of each name the last version is loaded, or if it is a duplicate what it
 * repeats, and those before it are replaced by it. A refused group is loaded again only where its version is asked for.
 *
 * @param replaced sequences of pending groups of which a later version is loaded or a duplicate, and of such duplicates
 * @param leftOut pending groups that the selection leaves out, in the order of the source
 * @param refused groups that were refused, and no later version of them was loaded
 */
record PendingGroups(
        List<GroupRecord> toLoad, SortedSet<Long> replaced, List<GroupRecord> leftOut, List<GroupRecord> refused) {
    /** No group at all. */
    static final PendingGroups NONE = new PendingGroups(List.of(), new TreeSet<>(), List.of(), List.of());

    /** Decides what to do with what the ledger has beyond a snapshot. */
    static PendingGroups of(Ledger ledger, Snapshot published, GroupSelection selection) throws IOException {
        List<GroupRecord> refused = ledger.read(published.refused());
        List<GroupRecord> undecided = ledger.undecided(published);
        List<GroupRecord> selected = new ArrayList<>();
        List<GroupRecord> leftOut = new ArrayList<>();
        for (GroupRecord group : undecided) {
            (selection.includes(group) ? selected : leftOut).add(group);
        }
        refused.stream().filter(selection::insistsOn).forEach(selected::add);
        BinaryOperator<GroupRecord> preferred =
                BinaryOperator.maxBy(Comparator.comparing(selection::insistsOn).thenComparing(GroupRecord::version));
        Map<String, GroupRecord> last = new HashMap<>();
        for (GroupRecord group : selected) {
            last.merge(group.name(), group, preferred);
        }
        Set<Long> later = leftOut.stream().map(GroupRecord::sequence).collect(Collectors.toSet());
        last.values().removeIf(group -> later.contains(group.duplicateOf()));
        Set<Long> repeated =
                last.values().stream().map(GroupRecord::duplicateOf).collect(Collectors.toSet());
        List<GroupRecord> toLoad = selected.stream()
                .filter(group -> group.status() == Status.ACCEPTED)
                .filter(group -> group.equals(last.get(group.name())) || repeated.contains(group.sequence()))
                .sorted(Comparator.comparing(GroupRecord::group))
                .toList();
        // What a duplicate repeats is loaded with it; later, where the duplicate is not selected.
        Set<Long> kept = undecided.stream()
                .filter(group -> !isOlder(group, last.get(group.name())))
                .map(GroupRecord::duplicateOf)
                .collect(Collectors.toSet());
        SortedSet<Long> replaced = new TreeSet<>();
        undecided.stream()
                .filter(group -> isOlder(group, last.get(group.name()))
                        || group.status() == Status.DUPLICATE && group.equals(last.get(group.name())))
                .filter(group -> !kept.contains(group.sequence()))
                .forEach(group -> replaced.add(group.sequence()));
        leftOut.removeIf(group -> replaced.contains(group.sequence()) || group.status() == Status.DUPLICATE);
        return new PendingGroups(toLoad, replaced, leftOut, refused);
    }

    /** Sequences of refused groups of which this version or a later one is loaded, and not refused. */
    SortedSet<Long> noLongerRefused(Set<Long> refusedNow) {
        return refused.stream()
                .filter(group -> toLoad.stream()
                        .anyMatch(loaded -> loaded.name().equals(group.name())
                                && group.version() <= loaded.version()
                                && !refusedNow.contains(loaded.sequence())))
                .map(GroupRecord::sequence)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOlder(GroupRecord group, @Nullable GroupRecord last) {
        return last != null && group.version() < last.version();
    }
}
