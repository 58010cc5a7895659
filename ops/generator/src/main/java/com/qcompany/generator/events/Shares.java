package com.qcompany.generator.events;

import com.qcompany.warehouse.command.UsageException;

/**
 * Shares of the records that are not usual, each 0 to 1 and together at most 1.
 *
 * @param late events of an hour before their record's
 * @param broken records that must be rejected or skipped
 * @param drift events of fields that nobody announced, or without a time
 */
record Shares(double late, double broken, double drift) {

    static final Shares NONE = new Shares(0, 0, 0);

    Shares {
        boolean each = late >= 0 && broken >= 0 && drift >= 0;
        if (!each || !(late + broken + drift <= 1)) {
            throw new UsageException(
                    "Cannot generate shares of %s late, %s broken and %s drifting events (expected 0 to 1 together)"
                            .formatted(late, broken, drift));
        }
    }
}
