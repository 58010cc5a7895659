package com.qcompany.stream.produce;

import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the right answers while records are generated. Not thread-safe. */
final class AnswerTally {

    private final SortedMap<String, Long> rowsByHour = new TreeMap<>();
    private final SortedMap<String, Long> rowsByEventType = new TreeMap<>();
    private final SortedMap<String, Long> rejectedByCode = new TreeMap<>();
    private final SortedMap<String, Long> rowsByCategory = new TreeMap<>();
    private final SortedMap<String, Long> viewsByCategory = new TreeMap<>();
    private final SortedMap<String, Long> purchasesByHour = new TreeMap<>();
    private final SortedMap<String, BigDecimal> revenueByPaymentMethod = new TreeMap<>();
    private final SortedMap<String, BigDecimal> revenueByCustomer = new TreeMap<>();
    private final SortedMap<String, BigDecimal> revenueByHour = new TreeMap<>();
    private BigDecimal revenue = BigDecimal.ZERO;
    private long records;
    private long rows;
    private long rejected;
    private long tombstones;
    private long late;
    private long timeFromRecord;

    /** Counts a record. */
    void add(Fate fate) {
        records++;
        if (fate instanceof Fate.Row row) {
            add(row);
        } else if (fate instanceof Fate.Rejected refused) {
            rejected++;
            count(rejectedByCode, refused.code());
        } else {
            tombstones++;
        }
    }

    /** What was counted. */
    ExpectedAnswers answers() {
        return new ExpectedAnswers(
                records,
                rows,
                rejected,
                tombstones,
                late,
                timeFromRecord,
                rowsByHour,
                rowsByEventType,
                rejectedByCode,
                rowsByCategory,
                viewsByCategory,
                purchasesByHour,
                revenue,
                revenueByPaymentMethod,
                revenueByCustomer,
                revenueByHour);
    }

    private void add(Fate.Row row) {
        AppEvent event = row.event();
        rows++;
        late += row.late() ? 1 : 0;
        timeFromRecord += event.time() == null ? 1 : 0;
        count(rowsByHour, row.hour());
        count(rowsByEventType, event.type());
        String category = event.category() == null ? ExpectedAnswers.NONE : event.category();
        count(rowsByCategory, category);
        if (event.type().equals(AppEvent.VIEW)) {
            count(viewsByCategory, category);
        }
        if (event.type().equals(AppEvent.PURCHASE)) {
            count(purchasesByHour, row.hour());
            addRevenue(row.hour(), event);
        }
    }

    private void addRevenue(String hour, AppEvent event) {
        BigDecimal amount = new BigDecimal(required(event.amount()));
        revenue = revenue.add(amount);
        revenueByPaymentMethod.merge(required(event.payment()), amount, BigDecimal::add);
        revenueByCustomer.merge(Integer.toString(event.customer()), amount, BigDecimal::add);
        revenueByHour.merge(hour, amount, BigDecimal::add);
    }

    private static String required(@Nullable String field) {
        if (field == null) {
            throw new IllegalStateException("Cannot count a purchase without amount or payment method");
        }
        return field;
    }

    private static void count(SortedMap<String, Long> counts, String key) {
        counts.merge(key, 1L, Long::sum);
    }
}
