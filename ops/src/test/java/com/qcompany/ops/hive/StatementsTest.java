package com.qcompany.ops.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.hive.RepairTool;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import java.sql.SQLException;
import java.util.List;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.Test;

/** Hive as analysts use it, and what harms no warehouse. */
@WithStack
class StatementsTest {

    @Test
    void ordinaryStatementsRun(EmbeddedStack stack) throws Exception {
        SampleWarehouse warehouse = SampleWarehouse.publish(stack, "statements");

        assertThat(Statements.faults(stack.hiveUrl(), warehouse.database())).isEmpty();
    }

    /** Beside what {@link RepairTest} has: an INSERT INTO, and a database that is dropped. */
    @Test
    void mistakesAreRefusedOrRepaired(EmbeddedStack stack) throws Exception {
        SampleWarehouse warehouse = SampleWarehouse.publish(stack, "mistakes");
        String db = warehouse.database();
        try (HiveQueries hive = new HiveQueries(stack)) {
            List<String> answers = answers(hive, db);
            for (String refused : List.of(
                    "TRUNCATE TABLE %s.sales_base",
                    "TRUNCATE TABLE %s.branch_dim",
                    "INSERT INTO %s.sales_transactions_fact SELECT * FROM %1$s.sales_transactions_fact",
                    "DROP TABLE %s.sales",
                    "DELETE FROM %s.branch_dim",
                    "UPDATE %s.branch_dim SET branch_class = 'x'")) {
                assertThatThrownBy(() -> hive.run(refused.formatted(db)))
                        .as(refused)
                        .isInstanceOf(SQLException.class);
            }
            assertThat(answers(hive, db)).isEqualTo(answers);

            List<List<String>> mistakes = List.of(
                    List.of(
                            "INSERT OVERWRITE TABLE %s.branch_dim SELECT * FROM %1$s.branch_dim WHERE branch_id = 1",
                            "INSERT OVERWRITE TABLE %s.sales_base PARTITION (transaction_date)"
                                    + " SELECT * FROM %1$s.sales_base LIMIT 1"),
                    List.of(
                            "DROP VIEW %s.sales",
                            "DROP TABLE %s.sales_delta",
                            "DROP TABLE %s.branch_dim",
                            "ALTER TABLE %s.sales_base DROP PARTITION (transaction_date > '2000-01-01')"));
            for (List<String> together : mistakes) {
                for (String mistake : together) {
                    hive.run(mistake.formatted(db));
                }

                assertThat(ToolRunner.run(warehouse.conf(), new RepairTool(), new String[0]))
                        .as("%s", together)
                        .isEqualTo(ExitCode.OK.code());
                assertThat(answers(hive, db)).as("%s", together).isEqualTo(answers);
            }
        }
    }

    private static List<String> answers(HiveQueries hive, String db) throws Exception {
        return hive.rows(
                """
                SELECT f.n, f.paid, s.n, b.n FROM
                  (SELECT COUNT(*) n, SUM(total_paid_price) paid FROM %1$s.sales_transactions_fact) f,
                  (SELECT COUNT(*) n FROM %1$s.sales WHERE branch_id IS NULL OR branch_class IS NOT NULL) s,
                  (SELECT COUNT(*) n FROM %1$s.branch_dim) b
                """
                        .formatted(db));
    }
}
