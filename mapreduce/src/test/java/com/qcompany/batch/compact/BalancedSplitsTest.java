package com.qcompany.batch.compact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BalancedSplitsTest {

    private static final long TARGET = 1000;

    @Property
    void everyPartitionIsInOneSplitAndNoSplitIsFarAboveTheTarget(
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 0, max = 3000) Long> costs) {
        List<CompactionSplit> splits = BalancedSplits.of(costs, TARGET);

        assertThat(splits.stream().flatMapToInt(split -> Arrays.stream(split.partitions())))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, costs.size()).boxed().toList());
        long dearest = costs.stream().mapToLong(Long::longValue).max().orElseThrow();
        assertThat(splits).allMatch(split -> split.getLength() <= TARGET + dearest);
    }

    @Test
    void smallPartitionsShareASplit() {
        assertThat(BalancedSplits.of(List.of(10L, 20L, 30L), TARGET)).hasSize(1);
    }

    @Test
    void aSplitSurvivesTheJourneyToItsTask() throws IOException {
        CompactionSplit split = new CompactionSplit(new int[] {3, 1}, 42);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        split.write(new DataOutputStream(bytes));

        CompactionSplit copy = new CompactionSplit();
        copy.readFields(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(copy.partitions()).containsExactly(3, 1);
        assertThat(copy.getLength()).isEqualTo(42);
    }
}
