package com.qcompany.generator.events;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What must become of a generated record. */
sealed interface Fate {

    /**
     * It is a row of table kafka.
     *
     * @param event what the row says
     * @param hour its partition, {@code uuuu-MM-dd-HH}
     * @param late whether the hour is before that of its record
     */
    record Row(ObjectNode event, String hour, boolean late) implements Fate {}

    /** It is rejected under a code. */
    record Rejected(String code) implements Fate {}

    /** It has no value and is skipped. */
    record Tombstone() implements Fate {}
}
