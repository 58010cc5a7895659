package com.qcompany.stream.compact;

import java.time.Duration;

/**
 * What a run of the compactor did.
 *
 * @param closings hours that got one file: first closings, late files and merges
 * @param files files that those took the place of
 * @param rows rows in the files they made
 * @param bytes size of the files they made
 * @param elapsed how long the run took
 * @param unregistered partitions that Hive does not know yet
 */
public record CompactionSummary(int closings, int files, long rows, long bytes, Duration elapsed, int unregistered) {

    static final CompactionSummary NOTHING = new CompactionSummary(0, 0, 0, 0, Duration.ZERO, 0);

    CompactionSummary with(Closing closing) {
        return new CompactionSummary(
                closings + 1,
                files + closing.inputs().size(),
                rows + closing.rows(),
                bytes + closing.bytes(),
                elapsed,
                unregistered);
    }

    CompactionSummary ended(Duration after, int partitionsLeft) {
        return new CompactionSummary(closings, files, rows, bytes, after, partitionsLeft);
    }
}
