package com.qcompany.batch.compact;

import java.util.Comparator;
import java.util.List;

/**
 * Which runs a compaction keeps as they are and which it merges by rows. A run is kept while it has at least twice the
 * rows of all smaller ones together, so a file has as many runs as the logarithm of its rows at the most, and a row is
 * written again as often.
 *
 * @param kept runs to be copied, the largest first
 * @param merged runs to be merged by rows; may be none
 */
record RunSelection(List<Run> kept, List<Run> merged) {

    /** Rows of a run that is worth keeping; fewer are as soon merged as copied, and read faster in one row group. */
    static final long LEAST_KEPT_ROWS = 200;

    static RunSelection of(List<Run> runs) {
        // Sorting is stable: the order of the files decides between equal ones.
        List<Run> ordered = runs.stream()
                .sorted(Comparator.comparingLong(Run::rows).reversed())
                .toList();
        long smaller = ordered.stream().mapToLong(Run::rows).sum();
        int kept = 0;
        for (Run run : ordered) {
            smaller -= run.rows();
            if (run.rows() < LEAST_KEPT_ROWS || run.rows() < 2 * smaller) {
                break;
            }
            kept++;
        }
        return new RunSelection(ordered.subList(0, kept), ordered.subList(kept, ordered.size()));
    }
}
