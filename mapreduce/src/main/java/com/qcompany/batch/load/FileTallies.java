package com.qcompany.batch.load;

import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.batch.job.JobTables;
import com.qcompany.warehouse.parquet.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of the lines of each file, with units and money of the accepted sales among them, and how often each code
 * was noted. Not thread-safe.
 */
final class FileTallies {
    /** Before the code of what was mended in accepted lines. */
    static final String FIXES = "fixes.";
    /** Before the code of a rule that rejected lines break. */
    static final String REJECTIONS = "rejections.";
    /** Before the code of a rule that loaded lines break. */
    static final String WARNINGS = "warnings.";
    /** Before the code of a reference that lines wait for. */
    static final String WAITING = "waiting.";

    private static final List<String> KINDS = List.of(FIXES, REJECTIONS, WARNINGS, WAITING);

    private final Map<Integer, Map<String, Sum>> byFile = new TreeMap<>();

    /** As what lines are counted: each that is read is one of the others, too. */
    enum Count {
        READ,
        LOADED,
        DUPLICATE,
        /** Breaks a rule, or changes a published sale. */
        REJECTED,
        /** A sale whose agent or branch is not known. */
        WAITING,
        /** Another line of a refused group. */
        REFUSED,
        /** Has other values than the version of the sale that stands. */
        SUPERSEDED,
        /** A duplicate, counted as such too, of a later group than those before: its key says so. */
        CONFIRMED
    }

    /** Lines, and of the accepted sales among them units and money. */
    record Sum(long lines, long units, BigDecimal paid) {
        private static final String UNITS = "units";
        private static final String PAID = "total_paid_price";
        static final Sum LINE = lines(1);

        static Sum lines(long lines) {
            return new Sum(lines, 0, BigDecimal.ZERO);
        }

        static Sum sale(Row fact) {
            return new Sum(1, fact.require(UNITS, Integer.class), fact.require(PAID, BigDecimal.class));
        }

        static Sum sale(OutputMapping fact, @Nullable Object[] values) {
            Integer units = (Integer) Objects.requireNonNull(values[fact.fieldOf(UNITS)]);
            return new Sum(1, units, (BigDecimal) Objects.requireNonNull(values[fact.fieldOf(PAID)]));
        }

        Sum plus(Sum more) {
            return new Sum(lines + more.lines, Math.addExact(units, more.units), paid.add(more.paid));
        }
    }

    /** Adds to what is counted of a file, which is known by its index in the plan. */
    void add(int file, Count count, Sum more) {
        add(file, count.name(), more);
    }

    /** Adds how often a code was noted of lines of a file. */
    void add(int file, String kind, String code, long lines) {
        add(file, kind + code, Sum.lines(lines));
    }

    void add(Row row) {
        add(
                row.require("file", Integer.class),
                row.text("count"),
                new Sum(
                        row.require("lines", Long.class),
                        row.require("units", Long.class),
                        row.require("paid", BigDecimal.class)));
    }

    private void add(int file, String counted, Sum more) {
        byFile.computeIfAbsent(file, any -> new LinkedHashMap<>()).merge(counted, more, Sum::plus);
    }

    /** The sum of some counts of a file. */
    Sum of(int file, Count... counts) {
        return Stream.of(counts).map(count -> of(file, count.name())).reduce(Sum.lines(0), Sum::plus);
    }

    private Sum of(int file, String counted) {
        return byFile.getOrDefault(file, Map.of()).getOrDefault(counted, Sum.lines(0));
    }

    /** Lines of a file that break a rule, or wait for what it asks for. */
    long broken(int file, String rule) {
        return Stream.of(REJECTIONS, WARNINGS, WAITING)
                .mapToLong(kind -> of(file, kind + rule).lines())
                .sum();
    }

    Sum total(Count count) {
        return byFile.keySet().stream().map(file -> of(file, count)).reduce(Sum.lines(0), Sum::plus);
    }

    /** How often each code was noted of lines of all files, by kind and code. */
    SortedMap<String, Long> codes() {
        SortedMap<String, Long> codes = new TreeMap<>();
        byFile.values()
                .forEach(counts -> counts.forEach((counted, sum) -> {
                    if (KINDS.stream().anyMatch(counted::startsWith)) {
                        codes.merge(counted, sum.lines(), Long::sum);
                    }
                }));
        return codes;
    }

    /** All of it, in the order of the files. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        byFile.forEach((file, counts) -> counts.forEach((counted, sum) -> rows.add(new Row(JobTables.FILE_TALLIES)
                .set("file", file)
                .set("count", counted)
                .set("lines", sum.lines())
                .set("units", sum.units())
                .set("paid", sum.paid()))));
        return rows;
    }
}
