package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.generator.GroupGenerator;
import com.qcompany.generator.SalesTruth;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadToolTest {

    @TempDir
    java.nio.file.Path dir;

    @Test
    void loadsHourByHourWhatTheGeneratorSays() throws Exception {
        LocalWarehouse warehouse = new LocalWarehouse(dir);
        SalesTruth truth = GroupGenerator.of(7, 300).write(warehouse.landing(), 1, 4);

        for (int hour = 0; hour < 4; hour++) {
            assertThat(warehouse.ingest("2024-07-04-1" + hour)).isZero();
            int expected = hour == 2 ? ExitCode.NOTHING_TO_DO.code() : 0;
            assertThat(warehouse.load()).isEqualTo(expected);
        }

        List<Row> sales = warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT);
        assertThat(sales).hasSize((int) truth.facts());
        assertThat(sales.stream()
                        .mapToLong(sale -> sale.require("units", Integer.class))
                        .sum())
                .isEqualTo(truth.units());
        assertThat(sales.stream()
                        .map(sale -> sale.require("total_paid_price", BigDecimal.class))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(truth.totalPaid());
        int rejected = warehouse.rows(StarSchema.REJECTED_ROWS).size();
        int waiting = warehouse.rows(StarSchema.WAITING_ROWS).size();
        assertThat(waiting).isPositive();
        assertThat(rejected + waiting).isEqualTo((int) truth.rejected());
        assertThat(warehouse.rows(StarSchema.TRANSACTION_KEYS)).hasSize((int) truth.facts());
    }

    @Test
    void flagsTheHoursItLoaded() throws Exception {
        LocalWarehouse warehouse = new LocalWarehouse(dir);
        GroupGenerator.of(7, 30).write(warehouse.landing(), 1, 3);
        for (String hour : List.of("2024-07-04-10", "2024-07-04-11", "2024-07-04-12")) {
            warehouse.ingest(hour);
        }

        assertThat(warehouse.load("--until", "2024-07-04-11")).isZero();

        assertThat(warehouse.isFlaggedAsLoaded("2024-07-04-10")).isTrue();
        assertThat(warehouse.isFlaggedAsLoaded("2024-07-04-11")).isTrue();
        assertThat(warehouse.isFlaggedAsLoaded("2024-07-04-12")).isFalse();
    }
}
