package com.qcompany.batch.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.fake.CrashPoint.Killed;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Loads and compactions in any order, some killed, some of their recoveries killed too, against a model in memory. */
class PublishPropertyTest {

    private static final List<String> DATES = List.of("2024-01-01", "2024-01-02", "2024-01-03");
    private static final int MOST_STEPS = 40;

    /**
     * One run.
     *
     * @param dates dates it appends to, or rewrites
     * @param compacts whether it rewrites instead of appending
     * @param killedAt steps at which it, and then its recoveries, are killed; beyond the last step: they are not
     */
    record Turn(List<Integer> dates, boolean compacts, List<Integer> killedAt) {}

    @Property(tries = 60)
    void everyCommittedSaleIsSeenOnceAndNoOther(@ForAll("turns") List<Turn> turns) throws IOException {
        Path temp = Files.createTempDirectory("publish");
        try {
            play(new TestWarehouse(temp.resolve("q")), turns);
        } finally {
            delete(temp);
        }
    }

    @Provide
    Arbitrary<List<Turn>> turns() {
        Arbitrary<List<Integer>> dates = Arbitraries.integers()
                .between(0, 2)
                .set()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(List::copyOf);
        Arbitrary<List<Integer>> kills =
                Arbitraries.integers().between(0, MOST_STEPS).list().ofMaxSize(3);
        return Combinators.combine(dates, Arbitraries.of(true, false), kills)
                .as(Turn::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static void play(TestWarehouse warehouse, List<Turn> turns) throws IOException {
        Map<String, TreeSet<String>> model = new TreeMap<>();
        long sequence = 0;
        for (int number = 0; number < turns.size(); number++) {
            Turn turn = turns.get(number);
            Snapshot before = warehouse.publisher().recover();
            Map<String, TreeSet<String>> wanted = wanted(model, turn, number);
            PublishRequest request = request(warehouse, turn, "run" + number, wanted);

            Snapshot after = publishAndRecover(warehouse, before, request, turn.killedAt());

            if (after.sequence() > sequence) {
                sequence++;
                wanted.forEach((date, ids) ->
                        model.computeIfAbsent(date, any -> new TreeSet<>()).addAll(ids));
            }
            assertThat(after.sequence()).isEqualTo(sequence);
            assertThat(warehouse.visibleSales())
                    .containsExactlyInAnyOrderElementsOf(
                            model.values().stream().flatMap(TreeSet::stream).toList());
            model.forEach((date, ids) -> assertThat(
                            after.partitionsOf(TestWarehouse.FACT).get(date).rows())
                    .isEqualTo(ids.size()));
        }
    }

    private static Map<String, TreeSet<String>> wanted(Map<String, TreeSet<String>> model, Turn turn, int number) {
        Map<String, TreeSet<String>> wanted = new LinkedHashMap<>();
        for (int index : turn.dates()) {
            String date = DATES.get(index);
            if (!turn.compacts()) {
                wanted.put(date, new TreeSet<>(List.of(date + "-" + number)));
            } else if (model.containsKey(date)) {
                wanted.put(date, new TreeSet<>(model.get(date)));
            }
        }
        return wanted;
    }

    private static PublishRequest request(
            TestWarehouse warehouse, Turn turn, String runId, Map<String, TreeSet<String>> wanted) throws IOException {
        TestWarehouse.Run run = warehouse.run(runId);
        for (Map.Entry<String, TreeSet<String>> entry : wanted.entrySet()) {
            String[] ids = entry.getValue().toArray(String[]::new);
            if (turn.compacts()) {
                run.rewrite(entry.getKey(), ids);
            } else {
                run.append(entry.getKey(), ids);
            }
        }
        return run.loading();
    }

    private static Snapshot publishAndRecover(
            TestWarehouse warehouse, Snapshot before, PublishRequest request, List<Integer> killedAt)
            throws IOException {
        List<Integer> kills = new ArrayList<>(killedAt);
        int first = kills.isEmpty() ? MOST_STEPS * 2 : kills.remove(0);
        unlessKilled(() -> warehouse.publisher(CrashPoint.after(first)).publish(before, request));
        for (int kill : kills) {
            unlessKilled(() -> warehouse.publisher(CrashPoint.before(kill)).recover());
        }
        return warehouse.publisher().recover();
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
