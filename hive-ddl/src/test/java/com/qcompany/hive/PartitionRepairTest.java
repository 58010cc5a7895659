package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.CatalogChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class PartitionRepairTest {

    private static final List<String> FIRST = List.of("2024-07-01");
    private static final List<String> SECOND = List.of("2024-07-02");
    private static final List<String> THIRD = List.of("2024-07-03");
    private static final List<String> FOURTH = List.of("2024-07-04");

    @Test
    void changesOnlyWhatDiffers() {
        CatalogChange repair = CatalogChange.of(
                StarSchema.SALES_BASE,
                Optional.empty(),
                Map.of(SECOND, new Path("/2"), THIRD, new Path("/old"), FOURTH, new Path("/4")),
                Map.of(FIRST, new Path("/1"), SECOND, new Path("/2"), THIRD, new Path("/3")));

        assertThat(repair.added()).containsExactly(Map.entry(FIRST, new Path("/1")));
        assertThat(repair.relocated()).containsExactly(Map.entry(THIRD, new Path("/3")));
        assertThat(repair.dropped()).containsExactly(FOURTH);
    }

    @Test
    void movesAPartitionWhoseLocationIsUnknown() {
        CatalogChange repair = CatalogChange.of(
                StarSchema.SALES_BASE, Optional.empty(), Map.of(FIRST, new Path("/")), Map.of(FIRST, new Path("/1")));

        assertThat(repair.relocated()).containsExactly(Map.entry(FIRST, new Path("/1")));
    }

    @Test
    void readsLocationsOutOfAPlan() {
        List<String> plan = List.of(
                "      Partition",
                "        partition values:",
                "          transaction_date 2024-07-01",
                "        properties:",
                "          location hdfs://h:1/a b/v-1",
                "          properties:",
                "            location hdfs://h:1/root",
                "        partition values:",
                "          other 1",
                "          location hdfs://h:1/other");

        assertThat(RegisteredLocations.parse(StarSchema.SALES_BASE, plan))
                .containsExactly(Map.entry(FIRST, new Path("hdfs://h:1/a b/v-1")));
    }

    @Test
    void namesPartitionsOfSafeValuesOnly() {
        assertThat(PartitionClause.of(StarSchema.KAFKA, List.of("2024-07-04", "7")))
                .isEqualTo("PARTITION (`event_date`='2024-07-04', `event_hour`='7')");
        assertThatThrownBy(() -> PartitionClause.of(StarSchema.SALES_BASE, List.of("x') --")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PartitionClause.of(StarSchema.SALES_BASE, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
