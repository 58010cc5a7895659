package com.qcompany.hive;

import com.qcompany.warehouse.command.UsageException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Days, both ends included. */
public record DateRange(LocalDate from, LocalDate to) {

    /** Every day that {@code uuuu-MM-dd} can write. */
    public static final DateRange ALWAYS = new DateRange(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31));

    public DateRange {
        if (to.isBefore(from)) {
            throw new UsageException(
                    "Cannot use dates %s to %s (expected the first not after the last)".formatted(from, to));
        }
    }

    /** The range of two optional ends; an end that is left out is open. */
    public static DateRange parse(@Nullable String from, @Nullable String to) {
        return new DateRange(from == null ? ALWAYS.from : parse(from), to == null ? ALWAYS.to : parse(to));
    }

    /** Parses a day, {@code uuuu-MM-dd}. */
    static LocalDate parse(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (ALWAYS.contains(day)) {
                return day;
            }
            throw new UsageException(
                    "Cannot use date: %s (expected one from %s to %s)".formatted(text, ALWAYS.from, ALWAYS.to));
        } catch (DateTimeException e) {
            throw new UsageException("Cannot parse date: %s (expected uuuu-MM-dd)".formatted(text), e);
        }
    }

    List<LocalDate> days() {
        return from.datesUntil(to.plusDays(1)).toList();
    }

    public boolean contains(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }

    /** As many days right before it; none where that is before every day, as where an end is open. */
    public Optional<DateRange> before() {
        LocalDate first = from.minusDays(ChronoUnit.DAYS.between(from, to) + 1);
        return first.isBefore(ALWAYS.from) ? Optional.empty() : Optional.of(new DateRange(first, from.minusDays(1)));
    }

    public String words() {
        if (equals(ALWAYS)) {
            return "all dates";
        }
        if (from.equals(to)) {
            return from.toString();
        }
        String last = to.equals(ALWAYS.to) ? "on" : "to " + to;
        return from.equals(ALWAYS.from) ? "dates up " + last : from + " " + last;
    }

    /** Sets {@code from} and {@code to} of a script. */
    public HqlParameters addTo(HqlParameters parameters) {
        return parameters.date("from", from).date("to", to);
    }
}
