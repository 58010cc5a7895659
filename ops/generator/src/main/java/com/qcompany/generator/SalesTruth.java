package com.qcompany.generator;

import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The right answers over some transactions files: lines = facts + duplicates + rejected.
 *
 * @param lines records below the header
 * @param facts sales to be loaded
 * @param duplicates records equal to a sale already counted
 * @param rejected records to be rejected
 * @param rejectedBy the same by flaw
 * @param units units of the facts
 * @param totalPaid what was paid for them, four decimals
 * @param onlinePaid the share of it that was paid online
 * @param unitsByProduct units by product id
 * @param dates days with a fact, {@code uuuu-MM-dd}
 */
public record SalesTruth(
        long lines,
        long facts,
        long duplicates,
        long rejected,
        SortedMap<String, Long> rejectedBy,
        long units,
        BigDecimal totalPaid,
        BigDecimal onlinePaid,
        SortedMap<Integer, Long> unitsByProduct,
        SortedSet<String> dates) {}
