package com.qcompany.stream.compact;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a round of closing did.
 *
 * @param closings hours that got a file, at their first closing or of late events
 * @param files files whose rows those hold
 * @param rows their rows
 * @param bytes their size
 * @param elapsed how long the round took
 * @param unregistered partitions that Hive does not know yet
 * @param left hours that are due and beyond the limit of a round
 * @param failure why hours could not be closed that it tried, if some could not
 */
public record CompactionSummary(
        int closings,
        int files,
        long rows,
        long bytes,
        Duration elapsed,
        int unregistered,
        int left,
        Optional<IOException> failure) {

    /** Of the closings that a round carried out, and what it leaves. */
    static CompactionSummary of(
            List<Closing> closings, Duration elapsed, int unregistered, int left, Optional<IOException> failure) {
        return new CompactionSummary(
                closings.size(),
                closings.stream().mapToInt(closing -> closing.inputs().size()).sum(),
                closings.stream().mapToLong(Closing::rows).sum(),
                closings.stream().mapToLong(Closing::bytes).sum(),
                elapsed,
                unregistered,
                left,
                failure);
    }
}
