package com.qcompany.generator;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Counts what a transactions file holds while it is written. Money is counted in hundredths of a cent. */
final class SalesTally {

    private static final int MONEY_SCALE = 4;

    private final SortedMap<Flaw, Long> rejectedBy = new TreeMap<>();
    private final SortedMap<Integer, Long> salesByDiscount = new TreeMap<>();
    private final SortedMap<Integer, Long> unitsByProduct = new TreeMap<>();
    private final Map<Place, Long> onlinePaidByPlace = new HashMap<>();
    private final BitSet days = new BitSet();
    private final SortedSet<Integer> customers = new TreeSet<>();
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
        salesByDiscount.merge(sale.discount(), 1L, Long::sum);
        unitsByProduct.merge(sale.product().id(), (long) sale.units(), Long::sum);
        days.set((int) sale.date().toEpochDay());
        customers.add(sale.customer().id());
        Sale.Delivery delivery = sale.delivery();
        if (delivery != null) {
            onlinePaid += sale.paid();
            onlinePaidByPlace.merge(delivery.place(), sale.paid(), Long::sum);
        }
    }

    void duplicate() {
        duplicates++;
    }

    void rejected(Flaw flaw) {
        rejected++;
        rejectedBy.merge(flaw, 1L, Long::sum);
    }

    SalesTruth truth() {
        return new SalesTruth(
                facts + duplicates + rejected,
                facts,
                duplicates,
                rejected,
                rejectedBy.entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> entry.getKey().name(), Map.Entry::getValue, Long::sum, TreeMap::new)),
                units,
                money(paid),
                money(onlinePaid),
                salesByDiscount,
                unitsByProduct,
                onlinePaidByPlace.entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> entry.getKey().key(),
                                entry -> money(entry.getValue()),
                                BigDecimal::add,
                                TreeMap::new)),
                days.stream()
                        .mapToObj(day -> LocalDate.ofEpochDay(day).toString())
                        .collect(Collectors.toCollection(TreeSet::new)),
                customers);
    }

    private static BigDecimal money(long hundredthsOfCents) {
        return BigDecimal.valueOf(hundredthsOfCents, MONEY_SCALE);
    }
}
