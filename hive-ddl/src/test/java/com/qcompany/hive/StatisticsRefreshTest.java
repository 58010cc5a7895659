package com.qcompany.hive;

import static com.qcompany.warehouse.schema.StarSchema.PRODUCT_DIM;
import static com.qcompany.warehouse.schema.StarSchema.SALES_TRANSACTIONS_FACT;
import static com.qcompany.warehouse.schema.StarSchema.TRANSACTION_KEYS;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.PartitionState;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsRefreshTest {

    private static final StatisticsState NOTHING = new StatisticsState(0, Map.of(), Map.of());

    @Test
    void aSecondRefreshOfOneStateHasNothingToDo() {
        Snapshot published = published(1, Map.of("2024-07-01", new PartitionState(1, 1, 10)));
        StatisticsRefresh first = StatisticsRefresh.touched(NOTHING, published);

        assertThat(first.isEmpty()).isFalse();
        assertThat(StatisticsRefresh.touched(NOTHING.following(published, first), published)
                        .isEmpty())
                .isTrue();
        assertThat(StatisticsRefresh.touched(NOTHING.following(published, StatisticsRefresh.everything()), published)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void asksForTheTouchedPartitionsAloneWhereTheyAreFew() {
        Map<String, PartitionState> states = dates(40, 1);
        StatisticsState told = told(published(1, states));
        states.put("2024-07-07", new PartitionState(1, 2, 20));

        StatisticsRefresh refresh = StatisticsRefresh.touched(told, published(1, states));

        assertThat(refresh.tables()).isEmpty();
        assertThat(refresh.partitions()).isEqualTo(Map.of(SALES_TRANSACTIONS_FACT, List.of("2024-07-07")));
    }

    @Test
    void asksForAWholeTableWhereReadingItsFootersIsCheaper() {
        StatisticsState told = told(published(1, dates(40, 1)));

        assertThat(StatisticsRefresh.touched(told, published(1, dates(40, 2))).tables())
                .containsExactly(SALES_TRANSACTIONS_FACT);
    }

    @Test
    void takesThePartitionsThatAreFarthestFromTheTruthFirst() {
        StatisticsState told = told(published(
                1,
                Map.of(
                        "2024-07-01", new PartitionState(1, 10, 100),
                        "2024-07-02", new PartitionState(1, 17, 100),
                        "2024-07-03", new PartitionState(1, 1, 100),
                        "2024-07-04", new PartitionState(1, 1, 100))));
        Snapshot published = published(
                2,
                Map.of(
                        "2024-07-01", new PartitionState(1, 11, 110),
                        "2024-07-02", new PartitionState(5, 1, 100),
                        "2024-07-03", new PartitionState(1, 1, 100),
                        "2024-07-04", new PartitionState(1, 2, 400),
                        "2024-07-05", new PartitionState(6, 1, 1)));

        StatisticsRefresh refresh = StatisticsRefresh.mostWrong(told, published, 3);

        assertThat(refresh.tables()).containsExactly(PRODUCT_DIM);
        assertThat(refresh.partitions())
                .isEqualTo(Map.of(SALES_TRANSACTIONS_FACT, List.of("2024-07-05", "2024-07-02", "2024-07-04")));
        assertThat(StatisticsRefresh.mostWrong(told.following(published, refresh), published, 3)
                        .partitions())
                .isEqualTo(Map.of(SALES_TRANSACTIONS_FACT, List.of("2024-07-01")));
    }

    @Test
    void remembersWhatHiveWasToldUntilItIsForgotten(@TempDir Path directory) throws Exception {
        Layout layout = new Layout(new org.apache.hadoop.fs.Path(directory.toUri()));
        FileSystem fs = layout.root().getFileSystem(new Configuration(false));
        Snapshot published = published(1, dates(2, 1));
        StatisticsState first = told(published);
        first.write(fs, layout);
        StatisticsState second = first.following(published, StatisticsRefresh.everything());
        second.write(fs, layout);

        assertThat(StatisticsState.latest(fs, layout)).isEqualTo(second);
        assertThat(fs.listStatus(layout.state("statistics"))).hasSize(1);

        StatisticsState.forget(fs, layout);

        assertThat(StatisticsState.latest(fs, layout)).isEqualTo(NOTHING);
    }

    @Test
    void everythingIsEveryTable() {
        assertThat(StatisticsRefresh.everything().tables()).isEqualTo(StarSchema.TABLES);
    }

    private static StatisticsState told(Snapshot published) {
        return NOTHING.following(published, StatisticsRefresh.everything());
    }

    private static Map<String, PartitionState> dates(int count, int files) {
        Map<String, PartitionState> states = new HashMap<>();
        IntStream.rangeClosed(1, count)
                .forEach(day -> states.put("2024-07-%02d".formatted(day), new PartitionState(1, files, 10L * files)));
        return states;
    }

    private static Snapshot published(long productVersion, Map<String, PartitionState> facts) {
        return new Snapshot(
                productVersion,
                Map.of(PRODUCT_DIM.name(), productVersion),
                Map.of(
                        SALES_TRANSACTIONS_FACT.name(),
                        facts,
                        TRANSACTION_KEYS.name(),
                        Map.of("2024", new PartitionState(1, 1, 1000))),
                0,
                new TreeSet<>());
    }
}
