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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a load does with the groups that are pending: of each name the last version is loaded, and those before it are
 * replaced by it. A refused group is loaded again only where its version is asked for.
 *
 * @param replaced sequences of pending groups of which a later version is loaded, and of duplicates
 * @param leftOut pending groups that the selection leaves out, in the order of the source
 * @param noLongerRefused sequences of refused groups of which another version is loaded
 */
record PendingGroups(
        List<GroupRecord> toLoad,
        SortedSet<Long> replaced,
        List<GroupRecord> leftOut,
        SortedSet<Long> noLongerRefused) {
    /** No group at all. */
    static final PendingGroups NONE = new PendingGroups(List.of(), new TreeSet<>(), List.of(), new TreeSet<>());

    /** Decides what to do with what the ledger has beyond a snapshot. */
    static PendingGroups of(Ledger ledger, Snapshot published, GroupSelection selection) throws IOException {
        List<GroupRecord> refused = ledger.read(published.refused());
        Map<Status, List<GroupRecord>> undecided =
                ledger.undecided(published).stream().collect(Collectors.groupingBy(GroupRecord::status));
        List<GroupRecord> pending = undecided.getOrDefault(Status.ACCEPTED, List.of());
        List<GroupRecord> selected = new ArrayList<>();
        List<GroupRecord> leftOut = new ArrayList<>();
        for (GroupRecord group : pending) {
            (selection.includes(group) ? selected : leftOut).add(group);
        }
        refused.stream().filter(selection::insistsOn).forEach(selected::add);
        BinaryOperator<GroupRecord> preferred =
                BinaryOperator.maxBy(Comparator.comparing(selection::insistsOn).thenComparing(GroupRecord::version));
        Map<String, GroupRecord> last = new HashMap<>();
        for (GroupRecord group : selected) {
            last.merge(group.name(), group, preferred);
        }
        List<GroupRecord> toLoad = last.values().stream()
                .sorted(Comparator.comparing(GroupRecord::group))
                .toList();
        SortedSet<Long> replaced = new TreeSet<>();
        undecided.getOrDefault(Status.DUPLICATE, List.of()).forEach(group -> replaced.add(group.sequence()));
        pending.stream()
                .filter(group -> isReplaced(group, last.get(group.name())))
                .forEach(group -> replaced.add(group.sequence()));
        SortedSet<Long> noLonger = new TreeSet<>();
        refused.stream()
                .filter(group -> last.containsKey(group.name()))
                .forEach(group -> noLonger.add(group.sequence()));
        leftOut.removeIf(group -> replaced.contains(group.sequence()));
        return new PendingGroups(toLoad, replaced, leftOut, noLonger);
    }

    private static boolean isReplaced(GroupRecord group, @Nullable GroupRecord loaded) {
        return loaded != null && group.version() < loaded.version();
    }
}
