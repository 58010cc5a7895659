package com.qcompany.stream.produce;

/** What must become of a generated record. */
sealed interface Fate {

    /**
     * It is a row of table kafka.
     *
     * @param event what the row says
     * @param hour its partition, {@code uuuu-MM-dd-HH}
     * @param late whether the hour is before that of its record
     */
    record Row(AppEvent event, String hour, boolean late) implements Fate {}

    /**
     * It is rejected.
     *
     * @param code the rule it breaks
     */
    record Rejected(String code) implements Fate {}

    /** It has no value and is skipped. */
    record Tombstone() implements Fate {}
}
