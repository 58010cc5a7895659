package com.qcompany.generator.events;

import java.math.BigDecimal;
import java.util.SortedMap;

/**
 * The right answers over generated records, once all of them are consumed in zone UTC and with late events kept.
 * {@code records = rows + rejected + tombstones}.
 *
 * @param records records sent
 * @param rows rows of table kafka
 * @param rejected rows of rejected_rows, or dead letters
 * @param tombstones records skipped
 * @param late rows of an hour before their record's
 * @param timeFromRecord rows whose event has no time
 * @param rowsByHour by partition, {@code uuuu-MM-dd-HH}
 * @param rowsByEventType by eventtype
 * @param rejectedByCode by rule code
 * @param rowsByCategory by category; {@value #NONE} for rows without one
 * @param purchasesByHour purchases by partition
 * @param revenue sum of totalamount
 * @param revenueByPaymentMethod sum of totalamount by paymentmethod
 * @param revenueByCustomer sum of totalamount by customerid
 * @param revenueByHour sum of totalamount by partition
 */
public record ExpectedAnswers(
        long records,
        long rows,
        long rejected,
        long tombstones,
        long late,
        long timeFromRecord,
        SortedMap<String, Long> rowsByHour,
        SortedMap<String, Long> rowsByEventType,
        SortedMap<String, Long> rejectedByCode,
        SortedMap<String, Long> rowsByCategory,
        SortedMap<String, Long> purchasesByHour,
        BigDecimal revenue,
        SortedMap<String, BigDecimal> revenueByPaymentMethod,
        SortedMap<String, BigDecimal> revenueByCustomer,
        SortedMap<String, BigDecimal> revenueByHour) {

    /** Key of the rows without a category. */
    public static final String NONE = "none";
}
