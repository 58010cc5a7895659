package com.qcompany.generator.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.qcompany.stream.EventHour;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes records by their number: the same generator and number give the same bytes, whichever others are made. The
 * records' times pass evenly through the hours; an event has its record's time, unless it is late, and then one of an
 * hour before. Zone is UTC.
 *
 * @param seed what the random streams start from
 * @param count how many records there are
 * @param start first hour
 * @param hours how many hours they cover
 * @param partitions of the topic; a customer's events are in one
 * @param shares which of them are late, broken, or of a newer app
 */
record EventGenerator(long seed, long count, EventHour start, int hours, int partitions, Shares shares) {

    private static final int SECONDS_PER_HOUR = 3_600;
    private static final long STREAM = 0xD1B54A32D192ED03L;
    private static final int TIMELESS_ONE_IN = 8;
    private static final EventFlaw[] FLAWS = EventFlaw.values();
    private static final Drift[] DRIFTS = Drift.values();

    /** The record of a number from 0 to count − 1. */
    GeneratedRecord record(long number) {
        SplittableRandom random = new SplittableRandom(seed * STREAM + number);
        long second = start.number() * SECONDS_PER_HOUR + (long) ((double) number / count * hours * SECONDS_PER_HOUR);
        double lot = random.nextDouble();
        if (lot < shares.broken()) {
            EventFlaw flaw = FLAWS[random.nextInt(FLAWS.length)];
            ObjectNode event = AppEvent.purchase(random, time(second));
            return of(second, event, flaw.value(event, random), flaw.fate());
        }
        lot -= shares.broken();
        if (lot < shares.late()) {
            return late(second, random);
        }
        return lot - shares.late() < shares.drift() ? drifted(second, random) : usual(second, random);
    }

    private GeneratedRecord usual(long second, SplittableRandom random) {
        return row(second, second, AppEvent.draw(random, time(second)));
    }

    private GeneratedRecord late(long second, SplittableRandom random) {
        long hoursBefore = second / SECONDS_PER_HOUR - start.number();
        if (hoursBefore == 0) {
            return usual(second, random);
        }
        long earlier =
                (start.number() + random.nextLong(hoursBefore)) * SECONDS_PER_HOUR + random.nextInt(SECONDS_PER_HOUR);
        return row(second, earlier, AppEvent.draw(random, time(earlier)));
    }

    private GeneratedRecord drifted(long second, SplittableRandom random) {
        boolean isTimeless = random.nextInt(TIMELESS_ONE_IN) == 0;
        ObjectNode event = AppEvent.draw(random, time(second));
        if (isTimeless) {
            event.remove(AppEvent.TIMESTAMP);
        } else {
            DRIFTS[random.nextInt(DRIFTS.length)].addTo(event);
        }
        return row(second, second, event);
    }

    private GeneratedRecord row(long second, long eventSecond, ObjectNode event) {
        EventHour hour = new EventHour(eventSecond / SECONDS_PER_HOUR);
        boolean isLate = hour.number() < second / SECONDS_PER_HOUR;
        return of(second, event, AppEvent.bytes(event), new Fate.Row(event, hour.toString(), isLate));
    }

    private GeneratedRecord of(long second, ObjectNode event, byte @Nullable [] value, Fate fate) {
        String customer = event.get("customerId").textValue();
        return new GeneratedRecord(
                Integer.parseInt(customer) % partitions, second * 1000, AppEvent.utf8(customer), value, fate);
    }

    private static String time(long second) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
    }
}
