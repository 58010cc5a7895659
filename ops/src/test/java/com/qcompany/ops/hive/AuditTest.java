package com.qcompany.ops.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.AuditTool;
import com.qcompany.hive.Catalogs;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Catalog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The audit of a real warehouse, whose files or registrations are then damaged. */
@WithStack
class AuditTest {

    private SampleWarehouse warehouse;
    private String printed;

    @BeforeEach
    void publish(EmbeddedStack stack, TestInfo test) throws Exception {
        warehouse = SampleWarehouse.publish(
                stack, "audit_" + test.getTestMethod().orElseThrow().getName());
    }

    @Test
    void passesAndNamesWhatWaitsAndWhatIsRefused() throws Exception {
        assertThat(audit()).isEqualTo(ExitCode.OK);

        assertThat(printed)
                .contains("1 sales wait for sales_agent_id 77, such as 2024-07-04-06/group2 line 7")
                .containsPattern("source_groups +refused +0 +ok +2024-07-04-05/bad")
                .containsPattern("sales +each_sale_once +0 +ok +8 rows");
    }

    @Test
    void findsAFileThatWasPutBesideThePublishedOnes() throws Exception {
        warehouse.appendSale("t6");

        assertThat(audit()).isEqualTo(ExitCode.CHECKS_FAILED);

        assertThat(printed)
                .contains("t6.parquet is visible and was not published", "t6 (2 sales, 1 keys)")
                .contains("6 rows of 5 in 2024-07-01");
    }

    @Test
    void findsKeysThatAreMissing() throws Exception {
        Path keys = warehouse.layout().partitionVersion(StarSchema.TRANSACTION_KEYS, List.of("1"), 1);
        warehouse.fs().delete(new Path(keys, "part-0.parquet"), false);

        assertThat(audit()).isEqualTo(ExitCode.CHECKS_FAILED);

        assertThat(printed)
                .contains("part-0.parquet is missing (6 rows)", "t1 (1 sales, 0 keys)")
                .containsPattern("every_sale_has_its_key +5 +WRONG");
    }

    @Test
    void findsAPartitionThatHiveLooksForElsewhere() throws Exception {
        try (Catalog catalog = Catalogs.open(warehouse.conf())) {
            catalog.setPartitionLocations(
                    StarSchema.SALES_BASE, Map.of(List.of("2024-07-02"), new Path("/it/audit_elsewhere")));
        }

        assertThat(audit()).isEqualTo(ExitCode.CHECKS_FAILED);

        assertThat(printed).contains("0 rows of 1 in 2024-07-02", "t7 (0 sales, 1 keys)");
    }

    private ExitCode audit() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            return ExitCode.of(ToolRunner.run(warehouse.conf(), new AuditTool(), new String[0]));
        } finally {
            System.setOut(before);
            printed = out.toString(StandardCharsets.UTF_8);
        }
    }
}
