package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import java.time.Instant;
import java.util.List;

/**
 * One change of an hour's visible files, decided to the last name: the immutable {@code closings/HOUR.N.json}. Paths are
 * relative to {@code q.root}.
 *
 * @param hour the hour, {@code uuuu-MM-dd-HH}
 * @param number N, counting the changes of this hour from 1
 * @param kind how
 * @param inputs files that it replaces
 * @param staged what was prepared: the new file, or the footer of a concat
 * @param target what becomes visible; of a concat the first input
 * @param rows rows of the target afterwards
 * @param bytes its size afterwards
 * @param decidedMillis when it was decided, in milliseconds since 1970 UTC
 */
record Closing(
        String hour,
        int number,
        Kind kind,
        List<Input> inputs,
        String staged,
        String target,
        long rows,
        long bytes,
        long decidedMillis) {

    /** How visible files change. */
    enum Kind {
        /** The staged file becomes the target by one rename, then the inputs, which nobody sees, are deleted. */
        REWRITE,
        /** The inputs and the staged footer become the first input by one HDFS concat. */
        CONCAT
    }

    /**
     * A file that is replaced.
     *
     * @param path relative to {@code q.root}
     * @param bytes its size
     */
    record Input(String path, long bytes) {}

    Closing {
        inputs = List.copyOf(inputs);
    }

    /** {@code HOUR.N}: what its files are named for. */
    String id() {
        return id(EventHour.parse(hour), number);
    }

    static String id(EventHour hour, int number) {
        return hour + "." + number;
    }

    Instant decided() {
        return Instant.ofEpochMilli(decidedMillis);
    }
}
