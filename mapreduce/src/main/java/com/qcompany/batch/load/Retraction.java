package com.qcompany.batch.load;

import com.qcompany.batch.load.LoadPlan.PlannedFile.Kind;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * A loaded group that is taken back, or one that was and is restored. The sales that it has are decided again from the raw
 * files of all loaded groups, as one load of them would; every other published sale stays as it is.
 *
 * @param group its ledger record
 * @param restores whether it is loaded again
 * @param cause what {@code restatements} say caused the changes
 * @param date partition of these rows, the day of the run, uuuu-MM-dd
 * @param forgotten ledger records of groups whose sightings in dimensions are made anew: the group, and those whose files
 *     repeat one of its files
 * @param knownBefore keys of agents and branches that were published, as texts, by name of a dimension
 * @param rejected numbers of the lines that are rejected, by {@link LoadPlan.PlannedFile#place place} of their file
 */
record Retraction(
        long group,
        boolean restores,
        String cause,
        String date,
        SortedSet<Long> forgotten,
        Map<String, Set<String>> knownBefore,
        Map<String, Set<Long>> rejected) {

    /** Whether a key was published before. */
    boolean knewBefore(String table, Object key) {
        return knownBefore.getOrDefault(table, Set.of()).contains(key.toString());
    }

    boolean takesBack(long sequence) {
        return !restores && sequence == group;
    }

    /** Whether a file is one of the group's, or repeats one of them, so that it is read because of it or not. */
    boolean concerns(GroupRecord of, FileRecord file) {
        return of.sequence() == group || Objects.equals(file.duplicateOf(), group);
    }

    /**
     * Which lines of a file are loaded; empty where the file is left out. One that repeats another file may have been read all
     * the same, as long as that file's group was not loaded: then its sales stand as of its group.
     */
    Optional<Kind> kind(GroupRecord of, FileRecord file, boolean repeated) {
        if (takesBack(of.sequence())) {
            return Optional.of(Kind.RETRACTED);
        }
        if (concerns(of, file)) {
            return Optional.of(!repeated ? Kind.NEW : of.sequence() == group ? Kind.REPEATED : Kind.RETRACTED);
        }
        return repeated ? Optional.empty() : Optional.of(Kind.SCANNED);
    }
}
