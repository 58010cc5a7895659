package com.qcompany.ops.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.qcompany.hive.DdlTool;
import com.qcompany.hive.HqlScript;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithStack
class DdlTest {

    private static SampleWarehouse warehouse;
    private static HiveQueries hive;

    @BeforeAll
    static void publish(EmbeddedStack stack) throws Exception {
        warehouse = SampleWarehouse.publish(stack, "ddl");
        hive = new HiveQueries(stack);
    }

    @AfterAll
    static void close() throws Exception {
        hive.close();
    }

    @Test
    void runAgainLeavesTablesWhereTheyAre() throws Exception {
        assertThat(ToolRunner.run(warehouse.conf(), new DdlTool(), new String[0]))
                .isEqualTo(ExitCode.OK.code());

        assertThat(hive.rows("SELECT COUNT(*) FROM %s.product_dim".formatted(warehouse.database())))
                .containsExactly("5");
        assertThat(hive.rows("SELECT COUNT(*) FROM %s.sales_transactions_fact".formatted(warehouse.database())))
                .containsExactly("8");
    }

    @Test
    void addsTheColumnsThatATableOfAnEarlierReleaseLacks() throws Exception {
        String columns = "SHOW COLUMNS IN %s.branch_dim".formatted(warehouse.database());
        String before = StarSchema.BRANCH_DIM.columns().stream()
                .filter(column -> !column.name().startsWith("extras"))
                .map(column -> "`%s` %s COMMENT '%s'"
                        .formatted(column.name(), column.type().hiveName(), column.comment()))
                .collect(Collectors.joining(", "));
        hive.run("DROP TABLE %s.branch_dim".formatted(warehouse.database()));
        hive.run("CREATE EXTERNAL TABLE %s.branch_dim (%s) STORED AS PARQUET LOCATION '%s'"
                .formatted(warehouse.database(), before, warehouse.layout().initialLocation(StarSchema.BRANCH_DIM)));

        assertThat(ToolRunner.run(warehouse.conf(), new DdlTool(), new String[0]))
                .isEqualTo(ExitCode.OK.code());

        assertThat(hive.rows(columns).stream().map(String::strip))
                .containsExactlyInAnyOrderElementsOf(StarSchema.BRANCH_DIM.columns().stream()
                        .map(Column::name)
                        .toList());
        assertThat(hive.rows(
                        "SELECT COUNT(*), COUNT(extras) FROM %s.branch_dim_current".formatted(warehouse.database())))
                .singleElement()
                .asString()
                .endsWith("|0");
    }

    @Test
    void commentsTablesAndColumns() throws Exception {
        for (Table table : StarSchema.TABLES) {
            List<String> described = hive.rows("DESCRIBE %s.%s".formatted(warehouse.database(), table.name()));
            table.columns().forEach(column -> assertThat(described)
                    .contains("%s|%s|%s".formatted(column.name(), column.type().hiveName(), column.comment())));
        }
        assertThat(hive.rows("SHOW TBLPROPERTIES %s.sales_base".formatted(warehouse.database())))
                .contains(
                        "discover.partitions|false",
                        "comment|Merged sales by date; sales_transactions_fact shows those that stand");
    }

    @Test
    void readsEveryTypeAsItWasWritten() throws Exception {
        assertThat(hive.rows(
                        """
                        SELECT source_hour, unit_price, total_paid_price, is_online, extras['logs'], offer
                        FROM %s.sales_transactions_fact WHERE transaction_id IN ('t3', 't5') ORDER BY transaction_id"""
                                .formatted(warehouse.database())))
                .containsExactly(
                        "2024-07-04 05:00:00.0|19.9900|14.992500|false|null|5",
                        "2024-07-04 06:00:00.0|19.9900|19.990000|true|a;b|null");
        assertThat(hive.rows("SELECT hire_date, seen_in FROM %s.sales_agent_dim WHERE sales_agent_id = 1"
                        .formatted(warehouse.database())))
                .containsExactly("2020-06-03|" + SampleWarehouse.SEEN_IN);
    }

    @Test
    void findsReservedNamesAndTwoPartitionColumns() throws Exception {
        Row event = new Row(StarSchema.KAFKA)
                .set("eventtype", "purchase")
                .set("timestamp", LocalDateTime.of(2024, 7, 4, 23, 59, 59, 123_456_000))
                .set("source", "Search")
                .set("totalamount", new BigDecimal("12.3400"))
                .set("extras", Map.of())
                .set("kafka_topic", "events")
                .set("kafka_partition", 0)
                .set("kafka_offset", 7L)
                .set("ingested_at", LocalDateTime.of(2024, 7, 5, 0, 0));
        org.apache.hadoop.fs.Path partition =
                warehouse.layout().partition(StarSchema.KAFKA, List.of("2024-07-04", "23"));
        warehouse.write(StarSchema.KAFKA, new org.apache.hadoop.fs.Path(partition, "e.parquet"), List.of(event));
        hive.run("MSCK REPAIR TABLE %s.kafka SYNC PARTITIONS".formatted(warehouse.database()));

        assertThat(hive.rows("SELECT `timestamp`, source, totalamount, event_date, event_hour FROM %s.kafka"
                        .formatted(warehouse.database())))
                .containsExactly("2024-07-04 23:59:59.123456|Search|12.3400|2024-07-04|23");
    }

    @Test
    void beelineRunsTheSameScripts(EmbeddedStack stack, @TempDir Path directory) throws Exception {
        Beeline beeline = new Beeline(stack);
        assumeTrue(beeline.isBuilt(), "BeeLine's libraries are there after the first package");
        String root = warehouse
                .fs()
                .makeQualified(new org.apache.hadoop.fs.Path("/it/beeline"))
                .toString();
        for (String name : List.of(
                "database",
                "product_dim",
                "customer_dim",
                "sales_agent_dim",
                "branch_dim",
                "sales_base",
                "sales_delta",
                "sales_transactions_fact",
                "views")) {
            beeline.run(script(directory, "ddl/" + name + ".hql"), directory, "db=it_beeline", "root=" + root);
        }

        assertThat(hive.rows("DESCRIBE it_beeline.sales")).contains("product_name|string|Name, not unique");
        assertThat(hive.rows("DESCRIBE it_beeline.sales_agent_dim"))
                .contains("hire_date|date|Day of hire; the source changes it between groups");
    }

    private static Path script(Path directory, String resource) throws Exception {
        Path file = directory.resolve(Path.of(resource).getFileName());
        try (InputStream in = HqlScript.class.getResourceAsStream(resource)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }
}
