package com.qcompany.batch.compact;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Spreads partitions over splits of about the same cost: the dearest first, each to the split that has least. */
final class BalancedSplits {

    private final long cost;
    private final int[] partitions;

    private BalancedSplits(long cost, int[] partitions) {
        this.cost = cost;
        this.partitions = partitions;
    }

    /**
     * Makes the splits.
     *
     * @param costs cost of each partition, in bytes
     * @param target cost of a split to aim at, in bytes
     */
    static List<CompactionSplit> of(List<Long> costs, long target) {
        long total = costs.stream().mapToLong(Long::longValue).sum();
        long count = Math.min(costs.size(), Math.max(1, (total + target - 1) / target));
        PriorityQueue<BalancedSplits> splits = new PriorityQueue<>(Comparator.comparingLong(split -> split.cost));
        Stream.generate(() -> new BalancedSplits(0, new int[0])).limit(count).forEach(splits::add);
        IntStream.range(0, costs.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> costs.get(i)).reversed())
                .forEach(i -> splits.add(splits.remove().with(i, costs.get(i))));
        return splits.stream()
                .sorted(Comparator.comparingLong((BalancedSplits split) -> split.cost)
                        .reversed())
                .map(split -> new CompactionSplit(split.partitions, split.cost))
                .toList();
    }

    private BalancedSplits with(int partition, long added) {
        int[] more = Arrays.copyOf(partitions, partitions.length + 1);
        more[partitions.length] = partition;
        return new BalancedSplits(cost + added, more);
    }
}
