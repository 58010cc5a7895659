package com.qcompany.ops.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.merge.CompactTool;
import com.qcompany.batch.publish.PublishRequest;
import com.qcompany.batch.publish.Publisher;
import com.qcompany.hive.Catalogs;
import com.qcompany.hive.HiveSession;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.Test;

/** Publishing on a real NameNode and a real HiveServer2. */
@WithStack
class PublishOnHiveTest {

    @Test
    void hiveSeesEveryLoadAndCompactionChangesNoAnswer(EmbeddedStack stack) throws Exception {
        PublishedWarehouse warehouse = PublishedWarehouse.create(stack, "publish_plain");
        try (Catalog catalog = Catalogs.open(warehouse.conf);
                HiveSession session = HiveSession.open(warehouse.conf)) {
            Publisher publisher = warehouse.publisher(catalog, () -> {});
            Snapshot state = publisher.recover();
            for (int load = 1; load <= 3; load++) {
                state = publisher.publish(state, load(warehouse, "load" + load, "2024-01-02"));
            }
            String answer = answer(session, warehouse);

            int compacted = ToolRunner.run(warehouse.conf, new CompactTool(), new String[0]);

            assertThat(answer).isEqualTo("[[12, 30.00, 12]]");
            assertThat(compacted).isEqualTo(ExitCode.OK.code());
            assertThat(warehouse.current().partitionsOf(StarSchema.SALES_BASE).values())
                    .allMatch(version -> version.files().size() == 1 && version.rows() == 6);
            assertThat(answer(session, warehouse)).isEqualTo(answer);
            assertThat(session.query("SELECT DISTINCT product_name FROM publish_plain.product_dim")
                            .rows())
                    .containsExactly(List.of("load3"));
        }
    }

    @Test
    void aPublishThatACatalogOutageCutShortAnywhereIsCompleted(EmbeddedStack stack) throws Exception {
        PublishedWarehouse warehouse = PublishedWarehouse.create(stack, "publish_outage");
        try (Catalog catalog = Catalogs.open(warehouse.conf);
                HiveSession session = HiveSession.open(warehouse.conf)) {
            Snapshot state = warehouse.publisher(catalog, () -> {}).recover();
            for (int answered = 0; answered < 3; answered++) {
                PublishRequest load = load(warehouse, "load" + answered, "2024-02-0" + (answered + 1));
                Snapshot before = state;
                Publisher cutShort = warehouse.publisher(new FailingCatalog(catalog, answered), () -> {});
                assertThatThrownBy(() -> cutShort.publish(before, load))
                        .hasMessageContaining("the next run completes it");

                state = warehouse.publisher(catalog, () -> {}).recover();

                assertThat(state.sequence()).isEqualTo(answered + 1);
                assertThat(answer(session, warehouse))
                        .isEqualTo("[[%d, %d.00, %1$d]]".formatted((answered + 1) * 4, (answered + 1) * 10));
            }
        }
    }

    @Test
    void aRunThatWasTakenForCrashedPublishesNothing(EmbeddedStack stack) throws Exception {
        PublishedWarehouse warehouse = PublishedWarehouse.create(stack, "publish_zombie");
        try (Catalog catalog = Catalogs.open(warehouse.conf)) {
            Publisher successor = warehouse.publisher(catalog, () -> {});
            Snapshot before = successor.recover();
            PublishRequest late = load(warehouse, "late", "2024-01-02");
            Publisher zombie = warehouse.publisher(catalog, () -> successor.recover());

            assertThatThrownBy(() -> zombie.publish(before, late)).hasMessageContaining("discarded this run's staging");

            assertThat(successor.recover()).isEqualTo(before);
            assertThat(warehouse.fs.exists(warehouse.layout.staging("late"))).isFalse();
        }
    }

    private static PublishRequest load(PublishedWarehouse warehouse, String id, String date) throws IOException {
        return warehouse
                .run(id)
                .sales("2024-01-01", 1, 2)
                .sales(date, 2, 2)
                .products(3)
                .request();
    }

    private static String answer(HiveSession session, PublishedWarehouse warehouse) throws IOException {
        return session.query("SELECT count(*), sum(total_paid_price), count(DISTINCT transaction_id) FROM "
                        + warehouse.fact())
                .rows()
                .toString();
    }

    /** A catalog that answers some statements and then no more. */
    private static final class FailingCatalog implements Catalog {

        private final Catalog catalog;
        private int answersLeft;

        FailingCatalog(Catalog catalog, int answersLeft) {
            this.catalog = catalog;
            this.answersLeft = answersLeft;
        }

        @Override
        public void setTableLocation(Table table, Path directory) throws IOException {
            answer();
            catalog.setTableLocation(table, directory);
        }

        @Override
        public void addPartitions(Table table, Map<List<String>, Path> locations) throws IOException {
            answer();
            catalog.addPartitions(table, locations);
        }

        @Override
        public void setPartitionLocations(Table table, Map<List<String>, Path> locations) throws IOException {
            answer();
            catalog.setPartitionLocations(table, locations);
        }

        @Override
        public void dropPartitions(Table table, Collection<List<String>> partitions) throws IOException {
            answer();
            catalog.dropPartitions(table, partitions);
        }

        @Override
        public void showSales(long mergedUpTo, long published, List<AddedColumn> added) throws IOException {
            answer();
            catalog.showSales(mergedUpTo, published, added);
        }

        @Override
        public void close() {}

        private void answer() throws IOException {
            if (answersLeft == 0) {
                throw new IOException("Connection reset");
            }
            answersLeft--;
        }
    }
}
