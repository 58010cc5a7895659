package com.qcompany.batch.publish;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** Ids of runs: sortable by start, unique without coordination, and never reused. */
public final class RunId {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private RunId() {}

    /** {@code command-uuuuMMddTHHmmss-xxxxxxxx}. */
    public static String of(String command, Instant start) {
        return "%s-%s-%s"
                .formatted(
                        command,
                        TIME.format(start),
                        UUID.randomUUID().toString().substring(0, 8));
    }
}
