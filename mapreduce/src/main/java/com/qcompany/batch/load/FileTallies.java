package com.qcompany.batch.load;

import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.batch.job.JobTables;
import com.qcompany.warehouse.parquet.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What became of the lines of each file, with units and money of the accepted sales among them. Not thread-safe. */
final class FileTallies {
    private final Map<Integer, Map<Count, Sum>> byFile = new TreeMap<>();
    private final Map<Integer, Map<String, Long>> broken = new TreeMap<>();

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
        byFile.computeIfAbsent(file, any -> new EnumMap<>(Count.class)).merge(count, more, Sum::plus);
    }

    /** Adds lines of a file that break a rule. */
    void addBroken(int file, String rule, long lines) {
        broken.computeIfAbsent(file, any -> new TreeMap<>()).merge(rule, lines, Long::sum);
    }

    /** Lines of a file that break a rule; of rules without a limit none are counted. */
    long broken(int file, String rule) {
        return broken.getOrDefault(file, Map.of()).getOrDefault(rule, 0L);
    }

    void add(Row row) {
        if (row.get("rule") != null) {
            addBroken(row.require("file", Integer.class), row.text("rule"), row.require("lines", Long.class));
            return;
        }
        add(
                row.require("file", Integer.class),
                Count.valueOf(row.text("count")),
                new Sum(
                        row.require("lines", Long.class),
                        row.require("units", Long.class),
                        row.require("paid", BigDecimal.class)));
    }

    /** The sum of some counts of a file. */
    Sum of(int file, Count... counts) {
        Sum sum = Sum.lines(0);
        for (Count count : counts) {
            sum = sum.plus(byFile.getOrDefault(file, Map.of()).getOrDefault(count, Sum.lines(0)));
        }
        return sum;
    }

    Sum total(Count count) {
        return byFile.keySet().stream().map(file -> of(file, count)).reduce(Sum.lines(0), Sum::plus);
    }

    /** All of it, in the order of the files. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        byFile.forEach((file, counts) -> counts.forEach((count, sum) -> rows.add(new Row(JobTables.FILE_TALLIES)
                .set("file", file)
                .set("count", count.name())
                .set("lines", sum.lines())
                .set("units", sum.units())
                .set("paid", sum.paid()))));
        broken.forEach((file, rules) -> rules.forEach((rule, lines) -> rows.add(new Row(JobTables.FILE_TALLIES)
                .set("file", file)
                .set("rule", rule)
                .set("lines", lines)
                .set("units", 0L)
                .set("paid", BigDecimal.ZERO))));
        return rows;
    }
}
