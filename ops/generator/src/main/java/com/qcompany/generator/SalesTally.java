package com.qcompany.generator;

import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts what transactions files hold while they are written. Money is counted in hundredths of a cent. */
final class SalesTally {

    private static final int MONEY_SCALE = 4;

    private final SortedMap<String, Long> rejectedBy = new TreeMap<>();
    private final SortedMap<Integer, Long> unitsByProduct = new TreeMap<>();
    private final SortedSet<String> days = new TreeSet<>();
    private long facts;
    private long duplicates;
    private long rejected;
    private long units;
    private long paid;
    private long onlinePaid;

    void fact(Sale sale) {
        facts++;
        units += sale.units();
        paid += sale.paid();
        unitsByProduct.merge(sale.product().id(), (long) sale.units(), Long::sum);
        days.add(sale.date().toString());
        onlinePaid += sale.delivery() == null ? 0 : sale.paid();
    }

    void duplicate() {
        duplicates++;
    }

    void rejected(Flaw flaw) {
        rejected++;
        rejectedBy.merge(flaw.name(), 1L, Long::sum);
    }

    SalesTruth truth() {
        return new SalesTruth(
                facts + duplicates + rejected,
                facts,
                duplicates,
                rejected,
                rejectedBy,
                units,
                money(paid),
                money(onlinePaid),
                unitsByProduct,
                days);
    }

    private static BigDecimal money(long hundredthsOfCents) {
        return BigDecimal.valueOf(hundredthsOfCents, MONEY_SCALE);
    }
}
