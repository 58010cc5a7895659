package com.qcompany.stream.compact;

import java.io.IOException;
import java.time.Duration;
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
        Optional<IOException> failure) {}
