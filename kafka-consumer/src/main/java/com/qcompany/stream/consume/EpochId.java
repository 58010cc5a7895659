package com.qcompany.stream.consume;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** Ids of epochs: sortable by begin, unique without coordination, and fit for file names and commit metadata. */
final class EpochId {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int TIME_LENGTH = 18;

    private EpochId() {}

    /** {@code uuuuMMddTHHmmssSSS-INSTANCE-xxxxxxxx}, times in UTC. */
    static String of(String instance, Instant begin) {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        return "%s-%s-%s".formatted(TIME.format(begin), instance, unique);
    }

    /** When an epoch began. */
    static Instant begin(String epoch) {
        return TIME.parse(epoch.substring(0, TIME_LENGTH), Instant::from);
    }

    /** UTC date of an epoch's begin. */
    static LocalDate date(String epoch) {
        return LocalDate.ofInstant(begin(epoch), ZoneOffset.UTC);
    }
}
