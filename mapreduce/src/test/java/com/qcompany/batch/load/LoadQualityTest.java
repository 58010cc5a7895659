package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.generator.GroupGenerator;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.lang3.ArrayUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadQualityTest {

    /** Of late, for old metrics are forgotten. */
    private static final LocalDate YESTERDAY = LocalDate.now(ZoneOffset.UTC).minusDays(1);

    @TempDir
    Path dir;

    private LocalWarehouse warehouse;

    @BeforeEach
    void openWarehouse() throws IOException {
        warehouse = new LocalWarehouse(dir);
    }

    @Test
    void eachColumnOfAnHourIsMeasuredOnceWhateverTheSplits() throws Exception {
        GroupGenerator.of(3, 200).write(warehouse.landing(), 1, 1);
        warehouse.ingest("2024-07-04-10");
        LocalWarehouse whole = new LocalWarehouse(Files.createDirectories(dir.resolve("whole")));
        GroupGenerator.of(3, 200).write(whole.landing(), 1, 1);
        whole.ingest("2024-07-04-10");

        warehouse.load("-D", "mapreduce.input.fileinputformat.split.maxsize=1777", "-D", "q.load.reducers=3");
        whole.load();

        assertThat(metrics(warehouse)).isEqualTo(metrics(whole)).hasSizeGreaterThan(60);
        assertThat(metrics(whole))
                .containsEntry("sales_transactions * records", "200")
                .containsEntry("sales_transactions units completeness", "1");
        assertThat(whole.rows(StarSchema.QUALITY_METRICS))
                .filteredOn(row -> row.get("metric").equals("distinct"))
                .allSatisfy(row -> assertThat(row.text("sketch")).isNotBlank());
    }

    @Test
    void hoursArePrintedAndMergedAndARepeatedFileIsNotMeasuredAgain() throws Exception {
        GroupGenerator.of(3, 50).write(warehouse.landing(), 1, 2);
        for (String hour : List.of("-10", "-11")) {
            warehouse.ingest(YESTERDAY + hour);
            warehouse.load();
        }
        Map<String, String> measured = metrics(warehouse);

        assertThat(printed(ExitCode.OK, "--hour", YESTERDAY + "-10", "--feed", "sales_transactions"))
                .startsWith(YESTERDAY + "-10/group1, sales_transactions, measured by load-")
                .containsPattern("\\* +records +50  met not_empty: at least 1")
                .containsPattern("unit_price +mean +[0-9.]+  unjudged price_drift")
                .doesNotContain(YESTERDAY + "-11", "sales_agents");
        assertThat(printed(ExitCode.OK)).contains(YESTERDAY + "-11/").doesNotContain(YESTERDAY + "-10/");
        assertThat(printed(ExitCode.NOTHING_TO_DO, "--hour", YESTERDAY + "-12")).contains("Nothing was measured.");
        assertThat(printed(ExitCode.USAGE, "--feed", "stock")).isEmpty();

        assertThat(warehouse.load()).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        warehouse.compact();
        assertThat(metrics(warehouse)).isEqualTo(measured);
    }

    @Test
    void laterHoursAreNotComparedWithAGroupThatWasTakenBack() throws Exception {
        GroupGenerator.of(3, 50).write(warehouse.landing(), 1, 6);
        for (String hour : List.of("-10", "-11", "-12", "-13")) { // the third repeats the first
            warehouse.ingest(YESTERDAY + hour);
        }
        warehouse.load();
        warehouse.printed(ExitCode.OK, "retract", "--group", "group4");
        warehouse.ingest(YESTERDAY + "-14");
        warehouse.load();
        assertThat(printed(ExitCode.OK)).containsPattern("unit_price +mean +[0-9.]+  unjudged price_drift");

        warehouse.printed(ExitCode.OK, "restore", "--group", "group4");
        warehouse.ingest(YESTERDAY + "-15");
        warehouse.load();
        assertThat(printed(ExitCode.OK)).containsPattern("unit_price +mean +[0-9.]+  met price_drift");
    }

    private static Map<String, String> metrics(LocalWarehouse warehouse) throws IOException {
        Map<String, String> metrics = new TreeMap<>();
        for (Row row : warehouse.rows(StarSchema.QUALITY_METRICS)) {
            Object value = row.get("metric_text") == null
                    ? row.require("metric_value", BigDecimal.class)
                            .stripTrailingZeros()
                            .toPlainString()
                    : row.get("metric_text");
            metrics.merge(
                    String.join(" ", List.of(row.text("feed"), row.text("column_name"), row.text("metric"))),
                    value.toString(),
                    (one, other) -> one.compareTo(other) < 0 ? one + " " + other : other + " " + one);
        }
        return metrics;
    }

    private String printed(ExitCode expected, String... args) throws IOException {
        return warehouse.printed(expected, ArrayUtils.insert(0, args, "quality"));
    }
}
