package com.qcompany.stream.compact;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.qcompany.stream.EventHour;
import com.qcompany.stream.RowTally.PartitionRows;
import java.util.List;

/**
 * One file of table {@code kafka} that an hour gets, decided to the last name: the immutable {@code closings/HOUR.N.json}.
 * The staged file becomes the target by one rename, then the inputs, which nobody sees, are deleted. Once that is done,
 * the entry is the summary of what was published, {@code closings/done/uuuu-MM-dd/HOUR.N.json}, which is kept for ever, so
 * that a file that is missing, cut or doubled is found whenever somebody looks. Paths are relative to {@code q.root}.
 *
 * @param hour the hour, {@code uuuu-MM-dd-HH}
 * @param number N, counting the files of this hour from 1
 * @param inputs files whose rows it holds
 * @param staged the new file, or the only input, which stays as it is
 * @param rows its rows
 * @param bytes its size
 * @param decidedMillis when the closing was decided, in milliseconds since 1970 UTC
 * @param partitions its rows by Kafka partition
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Closing(
        String hour,
        int number,
        List<Input> inputs,
        String staged,
        String target,
        long rows,
        long bytes,
        long decidedMillis,
        List<PartitionRows> partitions) {

    /**
     * A file that is replaced.
     *
     * @param path relative to {@code q.root}
     * @param bytes its size
     */
    record Input(String path, long bytes) {}

    Closing {
        inputs = List.copyOf(inputs);
        partitions = List.copyOf(partitions);
    }

    EventHour eventHour() {
        return EventHour.parse(hour);
    }

    /** {@code HOUR.N}: what its journal entry and its file are named for. */
    String name() {
        return name(hour, number);
    }

    static String name(String hour, int number) {
        return hour + "." + number;
    }
}
