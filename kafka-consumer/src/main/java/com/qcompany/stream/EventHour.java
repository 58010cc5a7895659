package com.qcompany.stream;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.SourceGroup;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/**
 * An hour of event time in the stream's zone: a partition of table {@code kafka}.
 *
 * @param number hours since 1970-01-01T00:00
 */
public record EventHour(long number) implements Comparable<EventHour> {

    private static final long MICROS = 3_600_000_000L;

    /** The hour that a time lies in, given in microseconds since 1970-01-01T00:00 of the same zone. */
    public static long numberOfMicros(long micros) {
        return Math.floorDiv(micros, MICROS);
    }

    /** Reads an hour, see {@link SourceGroup#parseHour}. */
    public static EventHour parse(String text) {
        LocalDateTime start = SourceGroup.parseHour(text);
        return new EventHour(start.toLocalDate().toEpochDay() * 24 + start.getHour());
    }

    /** Reads the values of the partition columns, as they stand in directory names. */
    public static EventHour ofPartition(String date, String hour) {
        return parse("%s-%02d".formatted(date, Integer.parseInt(hour)));
    }

    public LocalDate date() {
        return LocalDate.ofEpochDay(Math.floorDiv(number, 24));
    }

    public int hour() {
        return Math.floorMod(number, 24);
    }

    /** Begin of the hour, in the stream's zone. */
    public LocalDateTime start() {
        return date().atTime(hour(), 0);
    }

    /** Values of event_date and event_hour. */
    public List<String> partition() {
        return List.of(date().toString(), Integer.toString(hour()));
    }

    /** {@code event_date=uuuu-MM-dd/event_hour=H}. */
    public String directory() {
        return StarSchema.KAFKA.partitionDirectory(partition());
    }

    @Override
    public int compareTo(EventHour other) {
        return Long.compare(number, other.number);
    }

    /** {@code uuuu-MM-dd-HH}. */
    @Override
    public String toString() {
        return SourceGroup.HOUR.format(start());
    }
}
