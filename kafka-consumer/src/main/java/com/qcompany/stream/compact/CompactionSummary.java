package com.qcompany.stream.compact;

import java.time.Duration;

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
 */
public record CompactionSummary(
        int closings, int files, long rows, long bytes, Duration elapsed, int unregistered, int left) {

    static final CompactionSummary NOTHING = new CompactionSummary(0, 0, 0, 0, Duration.ZERO, 0, 0);

    CompactionSummary with(Closing closing) {
        return new CompactionSummary(
                closings + 1,
                files + closing.inputs().size(),
                rows + closing.rows(),
                bytes + closing.bytes(),
                elapsed,
                unregistered,
                left);
    }

    CompactionSummary ended(Duration after, int partitionsLeft, int hoursLeft) {
        return new CompactionSummary(closings, files, rows, bytes, after, partitionsLeft, hoursLeft);
    }
}
