package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.generator.GroupGenerator;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadsAndCompactTest {

    private static final int LOADS = 3;

    @TempDir
    Path dir;

    @Test
    void compactChangesNoSaleAndLeavesOneFileADate() throws Exception {
        LocalWarehouse warehouse = loaded();
        List<String> sales = sales(warehouse);
        assertThat(sales).hasSizeGreaterThan(100);

        assertThat(warehouse.compact()).isZero();

        Snapshot merged = warehouse.snapshot();
        assertThat(merged.decidedUpTo()).as("a duplicate is decided too").isEqualTo(LOADS + 1);
        assertThat(merged.decidedBeyond()).isEmpty();
        assertThat(sales(warehouse)).isEqualTo(sales);
        assertThat(merged.mergedUpTo()).isEqualTo(LOADS);
        assertThat(merged.partitionsOf(StarSchema.SALES_BASE).values())
                .allMatch(version -> version.files().size() == 1);
        assertThat(merged.partitionsOf(StarSchema.SALES_DELTA)).hasSize(LOADS);
        assertThat(merged.partitionsOf(StarSchema.TRANSACTION_KEYS)).hasSize(1);
        assertThat(warehouse.compact()).isEqualTo(ExitCode.NOTHING_TO_DO.code());
    }

    @Test
    void aLoadMergesOnceThereAreAsManyDeltasAsTheSettingSays() throws Exception {
        LocalWarehouse warehouse = new LocalWarehouse(dir);
        warehouse.conf().setInt("q.compact.max-deltas", 2);
        fill(warehouse);

        assertThat(warehouse.snapshot().mergedUpTo()).isEqualTo(2);
        assertThat(warehouse.snapshot().unmergedDeltas()).hasSize(1);
    }

    private LocalWarehouse loaded() throws Exception {
        LocalWarehouse warehouse = new LocalWarehouse(dir);
        fill(warehouse);
        return warehouse;
    }

    private static void fill(LocalWarehouse warehouse) throws Exception {
        GroupGenerator.of(7, 60).write(warehouse.landing(), 1, LOADS + 1);
        for (int hour = 0; hour <= LOADS; hour++) {
            warehouse.ingest("2024-07-04-0" + hour);
            // The third group repeats the first.
            assertThat(warehouse.load("-D", "q.load.max-rejected-share=1"))
                    .isEqualTo((hour == 2 ? ExitCode.NOTHING_TO_DO : ExitCode.OK).code());
        }
    }

    private static List<String> sales(LocalWarehouse warehouse) throws IOException {
        return warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT).stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }
}
