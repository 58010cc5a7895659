package com.qcompany.batch.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.publish.PublishRequest;
import com.qcompany.batch.publish.Publisher;
import com.qcompany.batch.publish.Retention;
import com.qcompany.batch.publish.SalesReader;
import com.qcompany.batch.publish.TestWarehouse;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.fake.CrashPoint.Killed;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/**
 * Loads, corrections and merges in any order, some killed, some of their recoveries killed too, against a model in
 * memory. Queries begin after every one of them and take their steps while later ones are published and superseded files
 * are deleted; each sees every sale of its publish once, as it was then.
 */
@Tag("slow")
class SalesPropertyTest {

    private static final List<String> DATES = List.of("2024-01-01", "2024-01-02", "2024-01-03");
    private static final int MAX_STEPS = 25;
    /** Turns for which a superseded version is kept, and which the longest query takes. */
    private static final int RETAINED_TURNS = 4;

    /** What a turn publishes. */
    enum Kind {
        LOAD,
        CORRECT,
        MERGE
    }

    /**
     * One run.
     *
     * @param kind what it does
     * @param dates dates for which it brings a sale; a correction moves sales to them
     * @param picks which of the sales a correction takes, modulo their number
     * @param killedAt steps at which it, and then its recoveries, are killed; beyond the last step: they are not
     */
    record Turn(Kind kind, List<Integer> dates, List<Integer> picks, List<Integer> killedAt) {}

    @Property(tries = 25)
    void everyQuerySeesEachSaleOfItsPublishOnce(@ForAll("turns") List<Turn> turns) throws IOException {
        Path temp = Files.createTempDirectory("sales");
        try {
            new Play(new TestWarehouse(temp.resolve("q"))).play(turns);
        } finally {
            delete(temp);
        }
    }

    @Provide
    Arbitrary<List<Turn>> turns() {
        Arbitrary<Kind> kinds = Arbitraries.of(Kind.LOAD, Kind.LOAD, Kind.CORRECT, Kind.CORRECT, Kind.MERGE);
        Arbitrary<List<Integer>> dates =
                Arbitraries.integers().between(0, 2).list().ofMinSize(1).ofMaxSize(3);
        Arbitrary<List<Integer>> picks =
                Arbitraries.integers().between(0, 100).list().ofMinSize(1).ofMaxSize(2);
        Arbitrary<List<Integer>> kills = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(List.<Integer>of())),
                Tuple.of(
                        1,
                        Arbitraries.integers()
                                .between(0, MAX_STEPS)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(3)));
        return Combinators.combine(kinds, dates, picks, kills)
                .as(Turn::new)
                .list()
                .ofMinSize(6)
                .ofMaxSize(14);
    }

    /** A sale as it stands. */
    private record Standing(String date, int units, long addedIn) {}

    /** A query that waits between its steps. */
    private static final class Query {
        private final SalesReader reader;
        private final int begun;
        private final int findsAfter;
        private final int listsAfter;

        Query(SalesReader reader, int begun, int findsAfter, int listsAfter) {
            this.reader = reader;
            this.begun = begun;
            this.findsAfter = findsAfter;
            this.listsAfter = listsAfter;
        }

        void step(int now) throws IOException {
            if (now == begun + findsAfter) {
                reader.findPartitions();
            }
            if (now == begun + listsAfter) {
                reader.list();
            }
        }
    }

    /** One play of some turns. */
    private static final class Play {
        private final TestWarehouse warehouse;
        private final Map<Long, List<String>> shownBy = new HashMap<>();
        private final List<Query> queries = new ArrayList<>();
        private Map<String, Standing> model = new TreeMap<>();
        private long sequence;

        Play(TestWarehouse warehouse) {
            this.warehouse = warehouse;
            warehouse.conf.setInt(Settings.COMPACT_RETAIN.key(), RETAINED_TURNS);
            shownBy.put(0L, List.of());
        }

        void play(List<Turn> turns) throws IOException {
            int end = turns.size() + RETAINED_TURNS;
            for (int now = 1; now <= end; now++) {
                if (now <= turns.size()) {
                    turn(turns.get(now - 1), now);
                }
                queries.add(new Query(new SalesReader(warehouse), now, 0, now % RETAINED_TURNS));
                queries.add(new Query(new SalesReader(warehouse), now, 2, 3));
                queries.add(new Query(new SalesReader(warehouse), now, RETAINED_TURNS, RETAINED_TURNS));
                step(now);
            }
        }

        private void turn(Turn turn, int now) throws IOException {
            Snapshot before = warehouse.publisher().recover();
            Map<String, Standing> after = new TreeMap<>(model);
            TestWarehouse.Run run = warehouse.run("run" + now);
            Instant instant = Instant.ofEpochSecond(now);
            Retention retention = new Retention(
                    warehouse.fs(), warehouse.layout, warehouse.conf, Clock.fixed(instant, ZoneOffset.UTC));
            switch (turn.kind()) {
                case LOAD -> load(turn, now, run, after);
                case CORRECT -> correct(turn, now, run, after);
                case MERGE -> PlainMerge.stage(warehouse, before, retention, run);
            }
            shownBy.put(sequence + 1, shown(after));
            Snapshot current = publishAndRecover(before, run.loading(), turn.killedAt());
            if (current.sequence() > sequence) {
                sequence++;
                model = after;
                warehouse.fs().setTimes(warehouse.layout.snapshots().file(sequence), instant.toEpochMilli(), -1);
            }
            assertThat(current.sequence()).isEqualTo(sequence);
            assertThat(rows(new SalesReader(warehouse).findPartitions().list())).isEqualTo(shown(model));
            assertThat(DataFile.of(current, warehouse.layout, StarSchema.SALES_BASE))
                    .allMatch(file -> Files.exists(Path.of(file.path().toUri())));
            retention.sweep(current);
        }

        private void load(Turn turn, int now, TestWarehouse.Run run, Map<String, Standing> after) {
            for (int i = 0; i < turn.dates().size(); i++) {
                String id = "s%02d-%d".formatted(now, i);
                add(run, after, id, DATES.get(turn.dates().get(i)), 1);
            }
        }

        private void correct(Turn turn, int now, TestWarehouse.Run run, Map<String, Standing> after)
                throws IOException {
            List<String> ids = List.copyOf(model.keySet());
            List<String> corrected = ids.isEmpty()
                    ? List.of()
                    : turn.picks().stream()
                            .map(pick -> ids.get(pick % ids.size()))
                            .distinct()
                            .toList();
            List<SalesRemoval.Sale> removed = new ArrayList<>();
            for (String id : corrected) {
                Standing old = model.get(id);
                removed.add(new SalesRemoval.Sale(id, old.date(), old.addedIn()));
                add(run, after, id, DATES.get(turn.dates().get(0)), old.units() + 1);
            }
            run.remove(removed.toArray(SalesRemoval.Sale[]::new));
        }

        private void add(TestWarehouse.Run run, Map<String, Standing> after, String id, String date, int units) {
            run.sale(date, id, units);
            after.put(id, new Standing(date, units, sequence + 1));
        }

        private Snapshot publishAndRecover(Snapshot before, PublishRequest request, List<Integer> killedAt)
                throws IOException {
            List<Integer> kills = new ArrayList<>(killedAt);
            int first = kills.isEmpty() ? Integer.MAX_VALUE : kills.remove(0);
            Publisher doomed = warehouse.publisher(CrashPoint.after(first));
            unlessKilled(() -> doomed.publish(before, request));
            assertNothingIsSeenTwiceOrHalf();
            for (int kill : kills) {
                unlessKilled(() -> warehouse.publisher(CrashPoint.before(kill)).recover());
                assertNothingIsSeenTwiceOrHalf();
            }
            return warehouse.publisher().recover();
        }

        private void assertNothingIsSeenTwiceOrHalf() throws IOException {
            SalesReader reader = new SalesReader(warehouse).findPartitions().list();
            assertThat(rows(reader)).isEqualTo(shownBy.get(reader.published()));
        }

        private void step(int now) throws IOException {
            for (Query query : queries) {
                query.step(now);
            }
            for (Query query : List.copyOf(queries)) {
                if (now == query.begun + RETAINED_TURNS) {
                    assertThat(rows(query.reader))
                            .as("query of publish %d, ended after %d", query.reader.published(), sequence)
                            .isEqualTo(shownBy.get(query.reader.published()));
                    queries.remove(query);
                }
            }
        }
    }

    private static List<String> shown(Map<String, Standing> model) {
        List<String> shown = new ArrayList<>();
        model.forEach((id, standing) -> shown.add(id + ":" + standing.units()));
        return shown;
    }

    private static List<String> rows(SalesReader reader) throws IOException {
        return reader.open().stream().map(SalesPropertyTest::text).sorted().toList();
    }

    private static String text(Row row) {
        return row.text("transaction_id") + ":" + row.get("units");
    }

    private interface Action {
        Snapshot run() throws IOException;
    }

    private static void unlessKilled(Action action) throws IOException {
        try {
            action.run();
        } catch (Killed e) {
            return;
        } catch (IllegalStateException e) {
            assertThat(e).hasCauseInstanceOf(Killed.class);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
