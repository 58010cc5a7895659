package com.qcompany.balance;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * What became of lines, with units and money of the facts among them.
 *
 * @param agentUnits units that an agent sold, as in the partners' files
 */
public record Tally(Map<Fate, Long> counts, long units, BigDecimal paid, long agentUnits) {
    static final Tally NONE = new Tally(Map.of(), 0, BigDecimal.ZERO, 0);

    /** What became of a line. */
    public enum Fate {
        /** It is the published sale of its id. */
        FACT,
        /** It repeats that. */
        DUPLICATE,
        /** It is an older version of that. */
        SUPERSEDED,
        /** It is in {@code rejected_rows}. */
        REJECTED,
        /** It is in {@code waiting_rows}. */
        WAITING,
        /** It is another line of a refused group. */
        REFUSED,
        /** It is of a group that was taken back. */
        RETRACTED,
        /** Nothing that can be found, which is a difference. */
        LOST
    }

    public Tally {
        counts = Map.copyOf(counts);
    }

    static Tally of(Fate fate, Item line) {
        if (fate != Fate.FACT) {
            return new Tally(Map.of(fate, 1L), 0, BigDecimal.ZERO, 0);
        }
        long units = Long.parseLong(line.values().getOrDefault("units", "0"));
        BigDecimal paid = new BigDecimal(line.values().getOrDefault("total_paid_price", "0"));
        boolean byAgent = !line.values().getOrDefault("sales_agent_id", "").isEmpty();
        return new Tally(Map.of(fate, 1L), units, paid, byAgent ? units : 0);
    }

    public long count(Fate fate) {
        return counts.getOrDefault(fate, 0L);
    }

    public long lines() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    Tally plus(Tally more) {
        Map<Fate, Long> sum = new HashMap<>(counts);
        more.counts.forEach((fate, lines) -> sum.merge(fate, lines, Long::sum));
        return new Tally(sum, units + more.units, paid.add(more.paid), agentUnits + more.agentUnits);
    }
}
