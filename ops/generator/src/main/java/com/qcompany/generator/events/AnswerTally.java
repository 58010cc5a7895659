package com.qcompany.generator.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the right answers while records are generated. Not thread-safe. */
final class AnswerTally {

    private final SortedMap<String, Long> rowsByHour = new TreeMap<>();
    private final SortedMap<String, Long> rowsByEventType = new TreeMap<>();
    private final SortedMap<String, Long> rejectedByCode = new TreeMap<>();
    private final SortedMap<String, Long> rowsByCategory = new TreeMap<>();
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
                purchasesByHour,
                revenue,
                revenueByPaymentMethod,
                revenueByCustomer,
                revenueByHour);
    }

    private void add(Fate.Row row) {
        ObjectNode event = row.event();
        String type = event.get("eventType").textValue();
        rows++;
        late += row.late() ? 1 : 0;
        timeFromRecord += event.has(AppEvent.TIMESTAMP) ? 0 : 1;
        count(rowsByHour, row.hour());
        count(rowsByEventType, type);
        count(rowsByCategory, event.get(AppEvent.METADATA).path("category").asText(ExpectedAnswers.NONE));
        if (type.equals(AppEvent.PURCHASE)) {
            count(purchasesByHour, row.hour());
            BigDecimal amount = event.get("totalAmount").decimalValue();
            revenue = revenue.add(amount);
            revenueByPaymentMethod.merge(event.get("paymentMethod").textValue(), amount, BigDecimal::add);
            revenueByCustomer.merge(event.get("customerId").textValue(), amount, BigDecimal::add);
            revenueByHour.merge(row.hour(), amount, BigDecimal::add);
        }
    }

    private static void count(SortedMap<String, Long> counts, String key) {
        counts.merge(key, 1L, Long::sum);
    }
}
