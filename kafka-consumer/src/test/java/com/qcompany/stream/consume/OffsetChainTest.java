package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.stream.Manifest.OffsetRange;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetChainTest {

    private static final TopicPartition PARTITION = new TopicPartition("app-logs", 0);

    @Test
    void addsUpRangesInAnyOrder() {
        OffsetChain chain = OffsetChain.of(
                PARTITION,
                List.of(new OffsetRange("app-logs", 0, 10, 20, 7, 1, 1, 1), range(0, 10), range(20, 21)),
                List.of());

        assertThat(chain).isEqualTo(new OffsetChain(PARTITION, 0, 21, 18, 1, 1, 1, 0, List.of()));
    }

    @Test
    void namesWhatWasTakenTwice() {
        assertThat(OffsetChain.of(PARTITION, List.of(range(0, 10), range(8, 12)), List.of())
                        .faults())
                .containsExactly("app-logs-0: offsets 8 to 10 were taken twice");
    }

    @Test
    void namesWhatWasNotTaken() {
        assertThat(OffsetChain.of(PARTITION, List.of(range(0, 10), range(15, 20)), List.of())
                        .faults())
                .containsExactly("app-logs-0: offsets 10 to 15 were not taken");
    }

    @Test
    void acceptsAGapThatIsRecordedAsLost() {
        OffsetChain chain = OffsetChain.of(PARTITION, List.of(range(0, 10), range(15, 20)), List.of(lost(10, 15)));

        assertThat(chain.faults()).isEmpty();
        assertThat(chain.lost()).isEqualTo(5);
    }

    @Test
    void acceptsAGapThatSeveralRecordsCoverAndCountsItOnce() {
        List<LostOffsets.Range> lost = List.of(lost(10, 13), lost(10, 15), lost(15, 18), lost(21, 25));

        OffsetChain chain = OffsetChain.of(PARTITION, List.of(range(0, 10), range(18, 20), range(20, 30)), lost);

        assertThat(chain.faults()).isEmpty();
        assertThat(chain.lost()).as("what was taken after all is not lost").isEqualTo(8);
        assertThat(OffsetChain.of(PARTITION, List.of(range(0, 10), range(22, 25)), lost)
                        .faults())
                .containsExactly("app-logs-0: offsets 18 to 22 were not taken");
    }

    @Test
    void countsWhatWasLostBeforeTheFirstThatWasTaken() {
        List<LostOffsets.Range> lost = List.of(lost(0, 3), lost(10, 15), lost(15, 20), lost(18, 22));

        OffsetChain chain = OffsetChain.of(PARTITION, List.of(range(20, 30)), lost);

        assertThat(chain).isEqualTo(new OffsetChain(PARTITION, 10, 30, 10, 0, 0, 0, 10, List.of()));
    }

    @Test
    void aRangeMustAccountForEveryOffset() {
        assertThatThrownBy(() -> new OffsetRange("app-logs", 0, 10, 20, 7, 1, 1, 0))
                .hasMessageContaining("Cannot account for offsets 10 to 20 of app-logs-0");
    }

    private static LostOffsets.Range lost(long from, long to) {
        return new LostOffsets.Range("app-logs", "", 0, from, to);
    }

    private static OffsetRange range(long from, long to) {
        return new OffsetRange("app-logs", 0, from, to, to - from, 0, 0, 0);
    }
}
