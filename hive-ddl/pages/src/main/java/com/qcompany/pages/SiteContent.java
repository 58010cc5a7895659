package com.qcompany.pages;

import com.qcompany.hive.DateRange;
import com.qcompany.hive.Report;
import com.qcompany.hive.Report.Subject;
import com.qcompany.hive.ResultTable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;

/**
 * What the pages show, read from one state of the warehouse.
 *
 * @param period dates of the sales and events that the reports are about
 * @param daysBefore report {@code sales_by_day} of as many days before the period
 * @param published the state in words: number and time of the publish
 */
record SiteContent(
        DateRange period,
        Map<Report, ResultTable> results,
        ResultTable daysBefore,
        ResultTable files,
        AppLog appLog,
        String published) {

    /** Rows that were rejected of the groups that came in the period. */
    BigDecimal rejected() {
        return result("load_hours")
                .where("source_date", date -> period.contains(LocalDate.parse(date)))
                .sum("rows_rejected");
    }

    /** Where rows about a subject are from, as of when. */
    String source(Subject subject) {
        String state = subject == Subject.EVENTS
                ? result("event_hours").rows().stream()
                        .findFirst()
                        .map(hour -> "last closed hour %s %s".formatted(hour.get(0), hour.get(1)))
                        .orElse("no hour closed yet")
                : published;
        return "Source: %s, %s".formatted(subject.source(), state);
    }

    ResultTable result(String report) {
        return result(Report.named(report));
    }

    ResultTable result(Report report) {
        ResultTable table = results.get(report);
        if (table == null) {
            throw new IllegalArgumentException("Cannot show report %s: it was not run".formatted(report.name()));
        }
        return table;
    }
}
