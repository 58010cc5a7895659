package com.qcompany.generator;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

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
 * @param salesByDiscount facts by discount in percent
 * @param unitsByProduct units by product id
 * @param onlinePaidByCity paid online by {@code city state}
 * @param dates days with a fact, {@code uuuu-MM-dd}
 * @param customers customers with a fact
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
        SortedMap<Integer, Long> salesByDiscount,
        SortedMap<Integer, Long> unitsByProduct,
        SortedMap<String, BigDecimal> onlinePaidByCity,
        SortedSet<String> dates,
        SortedSet<Integer> customers) {

    /** Over no files. */
    static final SalesTruth NOTHING = new SalesTally().truth();

    /** Over these files and others that share no transaction with them. */
    public SalesTruth plus(SalesTruth other) {
        return new SalesTruth(
                lines + other.lines,
                facts + other.facts,
                duplicates + other.duplicates,
                rejected + other.rejected,
                merge(rejectedBy, other.rejectedBy, Long::sum),
                units + other.units,
                totalPaid.add(other.totalPaid),
                onlinePaid.add(other.onlinePaid),
                merge(salesByDiscount, other.salesByDiscount, Long::sum),
                merge(unitsByProduct, other.unitsByProduct, Long::sum),
                merge(onlinePaidByCity, other.onlinePaidByCity, BigDecimal::add),
                union(dates, other.dates),
                union(customers, other.customers));
    }

    private static <K extends Comparable<K>, V> SortedMap<K, V> merge(
            Map<K, V> left, Map<K, V> right, BinaryOperator<V> sum) {
        SortedMap<K, V> merged = new TreeMap<>(left);
        right.forEach((key, value) -> merged.merge(key, value, sum));
        return merged;
    }

    private static <T extends Comparable<T>> SortedSet<T> union(SortedSet<T> left, SortedSet<T> right) {
        SortedSet<T> union = new TreeSet<>(left);
        union.addAll(right);
        return union;
    }
}
