package com.qcompany.batch.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class TenYearsTest {

    private static final int WINDOW = 30;

    /** Nothing but dates adds to the state, and no plan loses a row. */
    @Test
    void theStateGrowsWithDatesAndNotWithLoads() throws Exception {
        List<TenYears.Cost> costs = TenYears.run(500, 100, 60, WINDOW);

        assertThat(costs).allSatisfy(cost -> {
            assertThat(cost.rows()).isEqualTo(24L * 60 * cost.days());
            assertThat(cost.mergeRows()).isLessThanOrEqualTo(2 * cost.rows() + 10_000);
        });
        TenYears.Cost before = costs.get(3);
        TenYears.Cost after = costs.get(4);
        // A date of the base; the days of rows about runs are at most 400.
        assertThat(after.partitions() - before.partitions()).isBetween(95, 110);
        assertThat(after.files() - before.files()).isBetween(95, 110);
        assertThat(after.filesRetained()).isLessThan(after.files() + 10 * 26 + 3 * WINDOW);
        assertThat(after.loadJournalBytes()).isLessThan(2 * after.snapshotBytes());
    }
}
