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
    private long records;
    private long tombstones;
    private long late;
    private long timeFromRecord;

    void add(Fate fate) {
        records++;
        if (fate instanceof Fate.Row row) {
            add(row);
        } else if (fate instanceof Fate.Rejected refused) {
            count(rejectedByCode, refused.code());
        } else {
            tombstones++;
        }
    }

    ExpectedAnswers answers() {
        return new ExpectedAnswers(
                records,
                sum(rowsByHour),
                sum(rejectedByCode),
                tombstones,
                late,
                timeFromRecord,
                rowsByHour,
                rowsByEventType,
                rejectedByCode,
                rowsByCategory,
                purchasesByHour,
                revenueByHour.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add),
                revenueByPaymentMethod,
                revenueByCustomer,
                revenueByHour);
    }

    private void add(Fate.Row row) {
        ObjectNode event = row.event();
        String type = event.get("eventType").textValue();
        late += row.late() ? 1 : 0;
        timeFromRecord += event.has(AppEvent.TIMESTAMP) ? 0 : 1;
        count(rowsByHour, row.hour());
        count(rowsByEventType, type);
        count(rowsByCategory, event.get(AppEvent.METADATA).path("category").asText(ExpectedAnswers.NONE));
        if (type.equals(AppEvent.PURCHASE)) {
            count(purchasesByHour, row.hour());
            BigDecimal amount = event.get("totalAmount").decimalValue();
            revenueByPaymentMethod.merge(event.get("paymentMethod").textValue(), amount, BigDecimal::add);
            revenueByCustomer.merge(event.get("customerId").textValue(), amount, BigDecimal::add);
            revenueByHour.merge(row.hour(), amount, BigDecimal::add);
        }
    }

    private static long sum(SortedMap<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void count(SortedMap<String, Long> counts, String key) {
        counts.merge(key, 1L, Long::sum);
    }
}
