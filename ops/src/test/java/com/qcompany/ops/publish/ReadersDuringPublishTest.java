package com.qcompany.ops.publish;

import static com.qcompany.ops.publish.PublishedWarehouse.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.merge.Merge;
import com.qcompany.batch.merge.SalesRemoval.Sale;
import com.qcompany.batch.publish.Publisher;
import com.qcompany.hive.Catalogs;
import com.qcompany.hive.HiveSession;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Readers that look up, list, pause and open while loads with corrections, and merges, are published: each answer is a state that was
 * published between the reader's start and its end, and none fails.
 */
@WithStack
class ReadersDuringPublishTest {

    private static final String DATABASE = "publish_hammer";
    private static final List<String> DATES = List.of("2024-01-01", "2024-01-02", "2024-01-03");
    private static final int ROUNDS = 12;
    private static final int ROWS = 7;
    private static final int PRODUCTS = 5;

    @Test
    void seeAPublishedStateAndNothingElse(EmbeddedStack stack) throws Exception {
        PublishedWarehouse warehouse = PublishedWarehouse.create(stack, DATABASE);
        warehouse.conf.setInt(Settings.COMPACT_MAX_DELTAS.key(), 3);
        Rounds rounds = new Rounds();
        try (Catalog catalog = Catalogs.open(warehouse.conf)) {
            Publisher publisher = warehouse.publisher(catalog, () -> {});
            Snapshot first = publishRound(warehouse, publisher, publisher.recover(), rounds);

            List<Future<Integer>> readers = new ArrayList<>();
            ExecutorService threads = Executors.newCachedThreadPool();
            try {
                readers.add(threads.submit(() -> reading(warehouse, rounds, DATES.get(0), this::readPausing)));
                readers.add(threads.submit(() -> reading(warehouse, rounds, DATES.get(1), this::readPausing)));
                readers.add(threads.submit(() -> reading(warehouse, rounds, DATES.get(0), this::readAtOnce)));
                readers.add(threads.submit(() -> reading(warehouse, rounds, DATES.get(0), this::queryRows)));
                readers.add(threads.submit(() -> reading(warehouse, rounds, DATES.get(2), this::queryTotals)));
                readers.add(threads.submit(() -> reading(warehouse, rounds, DATES.get(1), this::queryProducts)));
                Future<Integer> merges = threads.submit(() -> publishRounds(warehouse, publisher, first, rounds));

                assertThat(merges.get()).isGreaterThanOrEqualTo(ROUNDS / 4 - 1);
                int reads = 0;
                for (Future<Integer> reader : readers) {
                    assertThat(reader.get()).isGreaterThanOrEqualTo(3);
                    reads += reader.get();
                }
                assertThat(reads).isGreaterThan(30);
                System.out.printf("%d reads during %d loads and %d merges.%n", reads, ROUNDS - 1, merges.get());
            } finally {
                rounds.end();
                threads.shutdownNow();
            }
        }
    }

    /** One read by one reader. */
    @FunctionalInterface
    private interface Read {
        void run(PublishedWarehouse warehouse, HiveSession session, Rounds rounds, String date) throws Exception;
    }

    /** Reads until the writer has ended, and at least once after that; returns how often. */
    private static int reading(PublishedWarehouse warehouse, Rounds rounds, String date, Read read) throws Exception {
        int reads = 0;
        try (HiveSession session = HiveSession.open(warehouse.conf)) {
            boolean last = false;
            while (!last) {
                last = rounds.isOver();
                read.run(warehouse, session, rounds, date);
                reads++;
            }
        }
        return reads;
    }

    private static int publishRounds(PublishedWarehouse warehouse, Publisher publisher, Snapshot first, Rounds rounds)
            throws IOException {
        Merge merge = new Merge(warehouse.run(publisher));
        Snapshot state = first;
        int merges = 0;
        try {
            for (int round = 2; round <= ROUNDS; round++) {
                Snapshot loaded = publishRound(warehouse, publisher, state, rounds);
                state = merge.mergeIfDue(loaded);
                merges += state.sequence() > loaded.sequence() ? 1 : 0;
            }
            return merges;
        } finally {
            rounds.end();
        }
    }

    private static Snapshot publishRound(
            PublishedWarehouse warehouse, Publisher publisher, Snapshot before, Rounds rounds) throws IOException {
        int round = rounds.begun() + 1;
        PublishedWarehouse.Run run = warehouse.run(name(round)).products(PRODUCTS);
        for (String date : DATES) {
            run.sales(date, round, ROWS);
        }
        if (round > 1) {
            String corrected = DATES.get(round % DATES.size());
            String id = PublishedWarehouse.saleId(corrected, name(round - 1), 0);
            run.correct(new Sale(id, corrected, rounds.publishOf(round - 1)), round);
        }
        rounds.begin(before.sequence() + 1);
        Snapshot after = publisher.publish(before, run.request());
        rounds.publish();
        return after;
    }

    /** Looks up and lists, lets two publishes pass, and opens only then what it has listed. */
    private void readPausing(PublishedWarehouse warehouse, HiveSession session, Rounds rounds, String date)
            throws Exception {
        int oldest = rounds.published();
        ViewReader reader = ViewReader.list(warehouse, session, date);
        int newest = rounds.begun();
        rounds.awaitTwoMore();
        assertRounds(reader.open(), oldest, newest);
    }

    private void readAtOnce(PublishedWarehouse warehouse, HiveSession session, Rounds rounds, String date)
            throws Exception {
        int oldest = rounds.published();
        assertRounds(ViewReader.list(warehouse, session, date).open(), oldest, rounds.begun());
    }

    /** A query that HiveServer2 answers by reading the files itself. */
    private void queryRows(PublishedWarehouse warehouse, HiveSession session, Rounds rounds, String date)
            throws IOException {
        int oldest = rounds.published();
        List<List<String>> rows = session.query(
                        "SELECT transaction_id, total_paid_price FROM %s WHERE transaction_date = '%s'"
                                .formatted(warehouse.fact(), date))
                .rows();
        assertRounds(rows, oldest, rounds.begun());
    }

    /** A query that runs as a job. */
    private void queryTotals(PublishedWarehouse warehouse, HiveSession session, Rounds rounds, String date)
            throws IOException {
        int oldest = rounds.published();
        List<String> totals = session.query(
                        "SELECT count(*), sum(total_paid_price) FROM %s WHERE transaction_date = '%s'"
                                .formatted(warehouse.fact(), date))
                .rows()
                .get(0);
        int newest = rounds.begun();
        int round = Integer.parseInt(totals.get(0)) / ROWS;
        assertThat(round).isBetween(oldest, newest);
        assertThat(Integer.parseInt(totals.get(0))).isEqualTo(round * ROWS);
        assertThat(new BigDecimal(totals.get(1))).isEqualByComparingTo(PRICE.multiply(new BigDecimal(round * ROWS)));
    }

    /** A dimension is whole and not older than the facts that were visible before. */
    private void queryProducts(PublishedWarehouse warehouse, HiveSession session, Rounds rounds, String date)
            throws IOException {
        int rowsBefore = session.query(
                        "SELECT product_id FROM %s WHERE transaction_date = '%s'".formatted(warehouse.fact(), date))
                .rows()
                .size();
        List<List<String>> products = session.query("SELECT product_name FROM %s.product_dim".formatted(DATABASE))
                .rows();
        int newest = rounds.begun();
        assertThat(products).hasSize(PRODUCTS);
        assertThat(new HashSet<>(products)).hasSize(1);
        int round = Integer.parseInt(products.get(0).get(0).substring("round".length()));
        assertThat(round).isBetween(rowsBefore / ROWS, newest);
    }

    private static void assertRounds(List<List<String>> rows, int oldest, int newest) {
        Set<String> ids = new HashSet<>();
        BigDecimal paid = BigDecimal.ZERO;
        for (List<String> row : rows) {
            ids.add(row.get(0));
            paid = paid.add(new BigDecimal(row.get(1)));
        }
        int round = rows.size() / ROWS;
        assertThat(round).isBetween(oldest, newest);
        assertThat(rows).hasSize(round * ROWS);
        assertThat(ids).hasSize(rows.size());
        assertThat(paid).isEqualByComparingTo(PRICE.multiply(new BigDecimal(rows.size())));
    }

    private static String name(int round) {
        return "round%04d".formatted(round);
    }
}
