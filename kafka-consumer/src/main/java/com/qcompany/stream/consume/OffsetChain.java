package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest.OffsetRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
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

    /** Puts the ranges of a partition in order; gaps that are recorded as lost are no fault. */
    static OffsetChain of(TopicPartition partition, List<OffsetRange> taken, List<LostOffsets.Range> lost) {
        List<OffsetRange> ordered = taken.stream()
                .sorted(Comparator.comparingLong(OffsetRange::from))
                .toList();
        List<String> faults = new ArrayList<>();
        long next = ordered.get(0).from();
        for (OffsetRange range : ordered) {
            if (range.from() < next) {
                faults.add("%s: offsets %d to %d were taken twice"
                        .formatted(partition, range.from(), Math.min(next, range.to())));
            } else if (range.from() > next && !isLost(lost, next, range.from())) {
                faults.add("%s: offsets %d to %d were not taken".formatted(partition, next, range.from()));
            }
            next = Math.max(next, range.to());
        }
        return new OffsetChain(
                partition,
                ordered.get(0).from(),
                next,
                sum(taken, OffsetRange::published),
                sum(taken, OffsetRange::rejected),
                sum(taken, OffsetRange::tombstones),
                sum(taken, OffsetRange::absent),
                sum(lost, range -> range.to() - range.from()),
                faults);
    }

    private static <T> long sum(List<T> ranges, ToLongFunction<T> count) {
        return ranges.stream().mapToLong(count).sum();
    }

    private static boolean isLost(List<LostOffsets.Range> lost, long from, long to) {
        return lost.stream().anyMatch(range -> range.from() <= from && to <= range.to());
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
        return account + faults.stream().map("%s%n"::formatted).reduce("", String::concat);
    }
}
