package com.qcompany.ops.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.HiveSession;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.ops.publish.Rounds;
import com.qcompany.stream.EventHour;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Readers that list, cut into splits, pause and open, directly and through Hive, while files appear and hours are
 * closed: every answer is the rows of some whole number of rounds that was true between the reader's start and its end.
 * No reader fails, for what it has listed stays.
 */
@WithStack
class ReadersDuringCompactionTest {

    private static final List<EventHour> HOURS =
            List.of(EventHour.parse("2024-07-04-05"), EventHour.parse("2024-07-04-06"));
    private static final int ROUNDS = 20;
    private static final int ROWS = 50;

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger queries = new AtomicInteger();

    @Test
    void seeWholeRoundsAndNothingElse(EmbeddedStack stack) throws Exception {
        StreamWarehouse stream = StreamWarehouse.create(stack, "compact_hammer");
        Rounds rounds = new Rounds();
        int closings = publishRound(stream, rounds);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (EventHour hour : HOURS) {
                readers.add(threads.submit(() -> reading(stream, rounds, hour, this::readPausing)));
                readers.add(threads.submit(() -> reading(stream, rounds, hour, this::readAtOnce)));
                readers.add(threads.submit(() -> reading(stream, rounds, hour, this::queryCount)));
            }
            readers.add(threads.submit(() -> reading(stream, rounds, HOURS.get(0), this::queryRows)));

            for (int round = 2; round <= ROUNDS; round++) {
                closings += publishRound(stream, rounds);
            }
            rounds.end();
            for (Future<?> reader : readers) {
                reader.get();
            }
        } finally {
            rounds.end();
            threads.shutdownNow();
        }
        System.out.printf(
                "%d direct reads and %d queries during %d closings: 0 wrong, 0 failed.%n",
                reads.get(), queries.get(), closings);
        assertThat(closings).isGreaterThan(ROUNDS);
        assertThat(reads.get()).isGreaterThan(20);
        assertThat(queries.get()).isGreaterThan(6);
    }

    /** One read by one reader. */
    @FunctionalInterface
    private interface Read {
        void run(StreamWarehouse stream, HiveSession hive, Rounds rounds, EventHour hour) throws Exception;
    }

    /** Reads until the writer has ended, and once after that. */
    private static int reading(StreamWarehouse stream, Rounds rounds, EventHour hour, Read read) throws Exception {
        int count = 0;
        try (HiveSession hive = stream.openHive()) {
            boolean last = false;
            while (!last) {
                last = rounds.isOver();
                read.run(stream, hive, rounds, hour);
                count++;
            }
        }
        return count;
    }

    /** Adds a file to every hour and closes them; returns how many closings that were. */
    private static int publishRound(StreamWarehouse stream, Rounds rounds) throws IOException {
        rounds.begin();
        for (EventHour hour : HOURS) {
            stream.publish(hour, ROWS);
        }
        stream.wait(Duration.ofHours(6));
        int closings = stream.compactor.run().closings();
        rounds.publish();
        return closings;
    }

    /** Lists, lets two rounds pass, and opens only then what it has listed. */
    private void readPausing(StreamWarehouse stream, HiveSession hive, Rounds rounds, EventHour hour) throws Exception {
        int oldest = rounds.published();
        List<SplitRead> splits = SplitRead.of(stream.visible(hour));
        int newest = rounds.begun();
        rounds.awaitTwoMore();
        readDirectly(stream, splits, oldest, newest);
    }

    private void readAtOnce(StreamWarehouse stream, HiveSession hive, Rounds rounds, EventHour hour)
            throws IOException {
        int oldest = rounds.published();
        List<SplitRead> splits = SplitRead.of(stream.visible(hour));
        readDirectly(stream, splits, oldest, rounds.begun());
    }

    private void readDirectly(StreamWarehouse stream, List<SplitRead> splits, int oldest, int newest)
            throws IOException {
        reads.incrementAndGet();
        List<Long> offsets = new ArrayList<>();
        for (SplitRead split : splits) {
            offsets.addAll(split.offsets(stream.conf));
        }
        assertRounds(offsets, oldest, newest);
    }

    /** A query that runs as a job. */
    private void queryCount(StreamWarehouse stream, HiveSession hive, Rounds rounds, EventHour hour)
            throws IOException {
        int oldest = rounds.published();
        queries.incrementAndGet();
        List<String> counts = hive.query("SELECT count(*), count(DISTINCT kafka_offset) " + stream.from(hour))
                .rows()
                .get(0);
        int rows = Integer.parseInt(counts.get(0));
        assertThat(counts.get(1)).isEqualTo(counts.get(0));
        assertThat(rows % ROWS).isZero();
        assertThat(rows / ROWS).isBetween(oldest, rounds.begun());
    }

    /** A query that HiveServer2 answers by reading the files itself. */
    private void queryRows(StreamWarehouse stream, HiveSession hive, Rounds rounds, EventHour hour) throws IOException {
        int oldest = rounds.published();
        queries.incrementAndGet();
        List<Long> offsets = hive.query("SELECT kafka_offset " + stream.from(hour)).rows().stream()
                .map(row -> Long.valueOf(row.get(0)))
                .toList();
        assertRounds(offsets, oldest, rounds.begun());
    }

    private static void assertRounds(List<Long> offsets, int oldest, int newest) {
        assertThat(new HashSet<>(offsets)).as("rows are there once").hasSize(offsets.size());
        assertThat(offsets.size() % ROWS)
                .as("whole rounds of %d rows", offsets.size())
                .isZero();
        assertThat(offsets.size() / ROWS).isBetween(oldest, newest);
    }
}
