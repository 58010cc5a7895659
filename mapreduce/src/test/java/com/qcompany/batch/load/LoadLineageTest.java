package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.qcompany.batch.monitor.BatchLineage;
import com.qcompany.generator.GroupGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadLineageTest {

    @TempDir
    Path dir;

    @Test
    void aLoadAndAMergeTellWhatTheyReadAndWrote() throws Exception {
        LocalWarehouse warehouse = new LocalWarehouse(dir);
        Path events = dir.resolve("lineage.jsonl");
        GroupGenerator.of(3, 50).write(warehouse.landing(), 1, 2);
        warehouse.ingest("2024-07-04-10");
        warehouse.ingest("2024-07-04-11");

        warehouse.load("-D", "q.lineage.file=" + events);
        warehouse.compact("-D", "q.lineage.file=" + events);

        List<JsonNode> told = told(events);
        JsonNode load = told.get(0);
        assertThat(load.at("/eventType").asText()).isEqualTo("COMPLETE");
        assertThat(load.at("/job/name").asText()).isEqualTo("load");
        JsonNode sales = named(load.path("inputs"), "raw.sales_transactions");
        assertThat(sales.at("/inputFacets/dataQualityMetrics/rowCount").asLong())
                .isEqualTo(100);
        assertThat(sales.at("/inputFacets/dataQualityMetrics/columnMetrics/units/max")
                        .asDouble())
                .isPositive();
        assertThat(sales.at("/inputFacets/dataQualityAssertions/assertions"))
                .anySatisfy(assertion ->
                        assertThat(assertion.path("assertion").asText()).isEqualTo("not_empty"));
        JsonNode delta = named(load.path("outputs"), "sales_delta");
        assertThat(delta.at("/outputFacets/outputStatistics/rowCount").asLong()).isPositive();
        assertThat(delta.at("/facets/columnLineage/fields/total_paid_price/inputFields"))
                .extracting(field -> field.path("field").asText())
                .contains("units", "unit_price", "offer_1");
        assertThat(told.get(1).at("/job/name").asText()).isEqualTo("compact");
        assertThat(named(told.get(1).path("inputs"), "sales_delta").at("/facets/schema/fields"))
                .isNotEmpty();
        assertThat(named(told.get(1).path("outputs"), "sales_base").isObject()).isTrue();
    }

    @Test
    void aReportTellsWhatItsColumnsAreMadeOf() throws IOException {
        Path events = dir.resolve("reports.jsonl");
        Configuration conf = new Configuration(false);
        Map<String, Set<String>> columns =
                Map.of("city", Set.of("sales_transactions_fact.shipping_city"), "n", Set.of());
        BatchLineage.reported(conf, "top", columns, 3);

        conf.set("q.lineage.file", events.toString());
        BatchLineage.reported(conf, "top", columns, 3);

        List<JsonNode> told = told(events);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).at("/job/name").asText()).isEqualTo("report.top");
        assertThat(named(told.get(0).path("inputs"), "sales_transactions_fact").isObject())
                .isTrue();
        JsonNode report = named(told.get(0).path("outputs"), "report.top");
        assertThat(report.at("/outputFacets/outputStatistics/rowCount").asLong())
                .isEqualTo(3);
        assertThat(report.at("/facets/columnLineage/fields/city/inputFields/0/field")
                        .asText())
                .isEqualTo("shipping_city");
    }

    @Test
    void anEventThatCannotBeWrittenEndsNoRun() throws Exception {
        LocalWarehouse warehouse = new LocalWarehouse(dir);
        GroupGenerator.of(3, 5).write(warehouse.landing(), 1, 1);
        warehouse.ingest("2024-07-04-10");

        assertThat(warehouse.load("-D", "q.lineage.file=" + dir)).isZero();
    }

    private static List<JsonNode> told(Path events) throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        return Files.readAllLines(events).stream()
                .map(line -> {
                    try {
                        return mapper.readTree(line);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private static JsonNode named(JsonNode datasets, String name) {
        return StreamSupport.stream(datasets.spliterator(), false)
                .filter(dataset -> dataset.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
