package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.HourSummary;
import com.qcompany.stream.HourSummary.PartitionRows;
import java.util.List;

/**
 * One file that an hour gets, decided to the last name: the immutable {@code closings/HOUR.N.json}. The staged file
 * becomes the target by one rename, then the inputs, which nobody sees, are deleted. Once that is done, the entry is the
 * {@link HourSummary} of what was published, which has the other fields. Paths are relative to {@code q.root}.
 *
 * @param inputs files whose rows it holds
 * @param staged the new file, or the only input, which stays as it is
 */
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
