package com.qcompany.stream.produce;

import com.qcompany.stream.EventHour;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes records by their number: the same generator and number give the same bytes, whichever others are made. The
 * records' times pass evenly through the hours; an event has its record's time, unless it is late, and then one of an
 * hour before. Zone is UTC.
 */
final class EventGenerator {

    private static final long SECONDS_PER_HOUR = 3_600;
    private static final long STREAM = 0xD1B54A32D192ED03L;
    private static final int TIMELESS_ONE_IN = 8;
    private static final Flaw[] FLAWS = Flaw.values();

    private final long seed;
    private final long count;
    private final int partitions;
    private final Shares shares;
    private final long startSecond;
    private final List<String> hours;
    private final List<String> timePrefixes;

    /**
     * A generator.
     *
     * @param seed what the random streams start from
     * @param count how many records there are
     * @param start first hour
     * @param hours how many hours they cover
     * @param partitions of the topic; a customer's events are in one
     * @param shares which of them are late, broken, or of a newer app
     */
    EventGenerator(long seed, long count, EventHour start, int hours, int partitions, Shares shares) {
        this.seed = seed;
        this.count = count;
        this.partitions = partitions;
        this.shares = shares;
        this.startSecond = start.number() * SECONDS_PER_HOUR;
        List<EventHour> covered = LongStream.range(0, hours)
                .mapToObj(hour -> new EventHour(start.number() + hour))
                .toList();
        this.hours = covered.stream().map(EventHour::toString).toList();
        this.timePrefixes = covered.stream()
                .map(hour -> "\"%sT%02d:".formatted(hour.date(), hour.hour()))
                .toList();
    }

    /** How many records there are. */
    long count() {
        return count;
    }

    /** The record of a number from 0 to {@link #count} − 1. */
    GeneratedRecord record(long number) {
        SplittableRandom random = new SplittableRandom(seed * STREAM + number);
        long second = (long) ((double) number / count * hours.size() * SECONDS_PER_HOUR);
        double lot = random.nextDouble();
        if (lot < shares.broken()) {
            return broken(second, random);
        }
        lot -= shares.broken();
        if (lot < shares.late()) {
            return late(second, random);
        }
        return lot - shares.late() < shares.drift() ? drifted(second, random) : usual(second, random);
    }

    private GeneratedRecord usual(long second, SplittableRandom random) {
        AppEvent event = AppEvent.draw(random, json(second));
        return row(second, event, event.bytes(), second);
    }

    private GeneratedRecord late(long second, SplittableRandom random) {
        long hour = second / SECONDS_PER_HOUR;
        if (hour == 0) {
            return usual(second, random);
        }
        long earlier = random.nextLong(hour) * SECONDS_PER_HOUR + random.nextInt((int) SECONDS_PER_HOUR);
        AppEvent event = AppEvent.draw(random, json(earlier));
        return row(second, event, event.bytes(), earlier);
    }

    private GeneratedRecord drifted(long second, SplittableRandom random) {
        if (random.nextInt(TIMELESS_ONE_IN) == 0) {
            AppEvent event = AppEvent.draw(random, "").withTime(null);
            return row(second, event, event.bytes(), second);
        }
        AppEvent event = AppEvent.draw(random, json(second));
        return row(second, event, Drift.draw(random).bytes(event), second);
    }

    private GeneratedRecord broken(long second, SplittableRandom random) {
        Flaw flaw = FLAWS[random.nextInt(FLAWS.length)];
        AppEvent event = AppEvent.purchase(random, json(second));
        return of(second, event, flaw.bytes(event, random), flaw.fate());
    }

    private GeneratedRecord row(long second, AppEvent event, byte[] value, long eventSecond) {
        boolean late = eventSecond / SECONDS_PER_HOUR < second / SECONDS_PER_HOUR;
        String hour = hours.get((int) (eventSecond / SECONDS_PER_HOUR));
        return of(second, event, value, new Fate.Row(event, hour, late));
    }

    private GeneratedRecord of(long second, AppEvent event, byte @Nullable [] value, Fate fate) {
        return new GeneratedRecord(
                event.customer() % partitions,
                (startSecond + second) * 1000,
                Integer.toString(event.customer()).getBytes(StandardCharsets.UTF_8),
                value,
                fate);
    }

    private String json(long second) {
        int inHour = (int) (second % SECONDS_PER_HOUR);
        return timePrefixes.get((int) (second / SECONDS_PER_HOUR)) + twoDigits(inHour / 60) + ":"
                + twoDigits(inHour % 60) + "\"";
    }

    private static String twoDigits(int number) {
        return (number < 10 ? "0" : "") + number;
    }
}
