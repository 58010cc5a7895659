package com.qcompany.batch.feed;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates of declared patterns, strictly: {@code uuuu} is four digits, {@code M} and {@code d} one or two, {@code MM} and
 * {@code dd} two, anything else but letters stands for itself, and the day must exist.
 */
final class DateParser implements ValueParser {

    private static final Pattern PART = Pattern.compile("uuuu|MM?|dd?|[^A-Za-z]");

    /** A part of a pattern: digits of year (u), month (M) or day (d), or the character itself. */
    private record Part(char symbol, int minDigits, int maxDigits) {}

    private final List<String> patterns;
    private final Part[][] compiled;

    DateParser(List<String> patterns) {
        this.patterns = patterns;
        this.compiled = patterns.stream().map(DateParser::compile).toArray(Part[][]::new);
    }

    @Override
    public @Nullable Object parse(String text, int from, int to) {
        for (Part[] parts : compiled) {
            LocalDate date = parse(parts, text, from, to);
            if (date != null) {
                return date;
            }
        }
        return null;
    }

    @Override
    public String expected() {
        return "a date that exists, as %s".formatted(String.join(" or ", patterns));
    }

    private static @Nullable LocalDate parse(Part[] parts, String text, int from, int to) {
        int year = 0;
        int month = 0;
        int day = 0;
        int at = from;
        for (Part part : parts) {
            int begin = at;
            if (part.maxDigits == 0) {
                if (at == to || text.charAt(at) != part.symbol) {
                    return null;
                }
                at++;
                continue;
            }
            int number = 0;
            while (at < to && at - begin < part.maxDigits && isDigit(text.charAt(at))) {
                number = number * 10 + (text.charAt(at) - '0');
                at++;
            }
            if (at - begin < part.minDigits) {
                return null;
            }
            switch (part.symbol) {
                case 'u' -> year = number;
                case 'M' -> month = number;
                default -> day = number;
            }
        }
        return at == to ? dateOf(year, month, day) : null;
    }

    private static @Nullable LocalDate dateOf(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            return null;
        }
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Part[] compile(String pattern) {
        List<Part> parts = new ArrayList<>();
        StringBuilder fields = new StringBuilder();
        Matcher matcher = PART.matcher(pattern);
        int at = 0;
        while (at < pattern.length() && matcher.find(at) && matcher.start() == at) {
            String part = matcher.group();
            char symbol = part.charAt(0);
            boolean field = "uMd".indexOf(symbol) >= 0;
            parts.add(new Part(symbol, field ? part.length() : 0, !field ? 0 : symbol == 'u' ? 4 : 2));
            fields.append(field ? String.valueOf(symbol) : "");
            at = matcher.end();
        }
        String found = fields.chars()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        if (at < pattern.length() || !found.equals("Mdu")) {
            throw new IllegalArgumentException(
                    "Cannot read date pattern: %s (expected uuuu, M or MM and d or dd once each, and separators)"
                            .formatted(pattern));
        }
        return parts.toArray(Part[]::new);
    }
}
