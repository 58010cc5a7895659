package com.qcompany.ops;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.qcompany.generator.events.ExpectedAnswers;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * The right answers over the events that the demo sent.
 *
 * @param file what {@code produce --answers} wrote
 */
record DemoAnswers(Path file) {

    /** Compares them with what was consumed and with the reports in a directory. */
    List<DemoCheck> compare(DemoIntake intake, Path reports) throws IOException {
        ExpectedAnswers answers = JsonMapper.builder().build().readValue(file.toFile(), ExpectedAnswers.class);
        DemoReport hours = DemoReport.named(DemoReport.HOURS, reports);
        DemoReport categories = DemoReport.named(DemoReport.CATEGORIES, reports);
        SortedMap<String, BigDecimal> rows = hours.numbersByHour("events");
        return List.of(
                DemoCheck.ofTotal("records sent, offsets consumed", answers.records(), intake.records()),
                DemoCheck.ofCounts("rows, by hour", answers.rowsByHour(), rows),
                DemoCheck.ofCounts("rejected, by reason", answers.rejectedByCode(), intake.rejected()),
                DemoCheck.ofTotal("tombstones, skipped", answers.tombstones(), intake.tombstones()),
                DemoCheck.ofTotal(
                        "rows + rejected + tombstones",
                        answers.records(),
                        sum(rows) + sum(intake.rejected()) + intake.tombstones()),
                DemoCheck.ofTotal(
                        "files of table kafka, one an hour",
                        answers.rowsByHour().size(),
                        intake.files()),
                DemoCheck.ofCounts("purchases, by hour", answers.purchasesByHour(), hours.numbersByHour("purchases")),
                new DemoCheck("revenue, by hour", answers.revenueByHour(), hours.numbersByHour("revenue")),
                new DemoCheck(
                        "revenue, by payment method",
                        answers.revenueByPaymentMethod(),
                        DemoReport.named(DemoReport.PAYMENTS, reports).numbers("payment_method", "revenue")),
                new DemoCheck(
                        "revenue, by customer",
                        answers.revenueByCustomer(),
                        DemoReport.named(DemoReport.CUSTOMERS, reports).numbers("customer_id", "revenue")),
                DemoCheck.ofCounts(
                        "events, by category", answers.rowsByCategory(), categories.numbers("category", "events")));
    }

    private static long sum(SortedMap<String, BigDecimal> counts) {
        return counts.values().stream().mapToLong(BigDecimal::longValueExact).sum();
    }
}
