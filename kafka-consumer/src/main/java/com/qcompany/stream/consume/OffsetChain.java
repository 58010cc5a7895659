package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest.OffsetRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * The account of one partition: what became of every offset that was taken, from the oldest that is known. A fault is a
 * sentence for a gap or an overlap.
 */
record OffsetChain(
        TopicPartition partition,
        long from,
        long to,
        long published,
        long rejected,
        long tombstones,
        long absent,
        long lost,
        List<String> faults) {

    OffsetChain {
        faults = List.copyOf(faults);
    }

    /**
     * Puts the ranges of a partition in order; gaps that are recorded as lost, in the order of their begin, are no
     * fault.
     */
    static OffsetChain of(TopicPartition partition, List<OffsetRange> taken, List<LostOffsets.Range> lost) {
        List<OffsetRange> ordered = taken.stream()
                .sorted(Comparator.comparingLong(OffsetRange::from))
                .toList();
        List<String> faults = new ArrayList<>();
        long first = ordered.get(0).from();
        long begin = lost.stream()
                .mapToLong(LostOffsets.Range::from)
                .filter(from -> from < first && lostFrom(from, lost) >= first)
                .min()
                .orElse(first);
        long next = begin;
        long missing = 0;
        for (OffsetRange range : ordered) {
            long lostTo = Math.min(lostFrom(next, lost), range.from());
            if (range.from() < next) {
                faults.add("%s: offsets %d to %d were taken twice"
                        .formatted(partition, range.from(), Math.min(next, range.to())));
            } else if (lostTo < range.from()) {
                faults.add("%s: offsets %d to %d were not taken".formatted(partition, lostTo, range.from()));
            }
            missing += Math.max(0, lostTo - next);
            next = Math.max(next, range.to());
        }
        missing += lostFrom(next, lost) - next;
        return new OffsetChain(
                partition,
                begin,
                next,
                sum(taken, OffsetRange::published),
                sum(taken, OffsetRange::rejected),
                sum(taken, OffsetRange::tombstones),
                sum(taken, OffsetRange::absent),
                missing,
                faults);
    }

    private static long sum(List<OffsetRange> ranges, ToLongFunction<OffsetRange> count) {
        return ranges.stream().mapToLong(count).sum();
    }

    /** The offset up to which all are recorded as lost, from one on; ranges of a loss that grew overlap. */
    private static long lostFrom(long from, List<LostOffsets.Range> lost) {
        long to = from;
        for (LostOffsets.Range range : lost) {
            to = range.from() <= to ? Math.max(to, range.to()) : to;
        }
        return to;
    }

    /** A line of the account, then one for each fault. */
    @Override
    public String toString() {
        String account = String.format(
                Locale.ROOT,
                "%s: offsets %,d to %,d = %,d published + %,d rejected + %,d tombstones + %,d without a record; %,d lost%n",
                partition,
                from,
                to,
                published,
                rejected,
                tombstones,
                absent,
                lost);
        return account + faults.stream().map("%s%n"::formatted).collect(Collectors.joining());
    }
}
