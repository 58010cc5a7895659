package com.qcompany.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.stream.EventHour;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.fake.CrashPoint.Killed;
import com.qcompany.warehouse.fake.CrashingFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compactions that are killed anywhere, and compactors that go on though they were taken for dead. */
@Tag("slow")
class KilledCompactionTest {

    private static final EventHour HOUR = EventHour.parse("2024-07-04-05");
    private static final long ROWS = 9;

    @TempDir
    Path temp;

    @Test
    void killedBeforeAnyStepItIsCompletedByTheNextRun() throws IOException {
        killedAnywhere(CrashPoint::before, 2, 3, 4);
    }

    @Test
    void killedBeforeAnyStepWithOneFileThatIsOnlyRenamedItIsCompletedByTheNextRun() throws IOException {
        killedAnywhere(CrashPoint::before, 9);
    }

    @Test
    void killedAfterAnyStepItIsCompletedByTheNextRun() throws IOException {
        killedAnywhere(CrashPoint::after, 2, 3, 4);
    }

    @Test
    void killedAgainWhileItRecoversItIsCompletedByTheNextRun() throws IOException {
        for (int first = 3; first < 11; first += 2) {
            boolean reached = true;
            for (int second = 0; reached; second++) {
                TestStream stream = stream("twice-%d-%d".formatted(first, second));
                isKilled(stream, CrashPoint.before(first));
                reached = isKilled(stream, CrashPoint.after(second));

                stream.compactor().run();

                assertClosedOnce(stream, "killed at %d, then at %d".formatted(first, second));
            }
        }
    }

    /** It was slow, was taken for dead, and goes on wherever it was, as if it still had the lease. */
    @Test
    void doublesNothingWhereAnotherOneCompactsMeanwhile() throws IOException {
        boolean reached = true;
        int refused = 0;
        for (int call = 0; reached; call++) {
            TestStream stream = stream("meanwhile-%d".formatted(call));
            MeanwhileFileSystem slow = new MeanwhileFileSystem(
                    stream.fs, call, () -> stream.compactor().run());
            refused += isRefused(stream, slow) ? 1 : 0;
            reached = slow.hasHappened();

            stream.compactor().run();

            assertClosedOnce(stream, "another one before call %d".formatted(call));
        }
        assertThat(refused).isGreaterThan(5);
    }

    /** The other one is killed too, having begun what the slow one then finds. */
    @Test
    void doublesNothingWhereAnotherOneIsKilledMeanwhile() throws IOException {
        boolean reached = true;
        for (int call = 0; reached; call += 4) {
            for (int step = 3; step < 11; step += 3) {
                TestStream stream = stream("both-%d-%d".formatted(call, step));
                CrashPoint crash = CrashPoint.after(step);
                MeanwhileFileSystem slow = new MeanwhileFileSystem(stream.fs, call, () -> isKilled(stream, crash));
                isRefused(stream, slow);
                reached = slow.hasHappened();

                stream.compactor().run();

                assertClosedOnce(stream, "another one killed at %d before call %d".formatted(step, call));
            }
        }
    }

    private void killedAnywhere(IntFunction<CrashPoint> crash, int... rowsOfFiles) throws IOException {
        boolean reached = true;
        int steps = 0;
        for (; reached; steps++) {
            TestStream stream = stream("killed-%d".formatted(steps), rowsOfFiles);
            reached = isKilled(stream, crash.apply(steps));
            List<Long> seen = stream.visibleOffsets();
            assertThat(seen).as("step %d", steps).isSubsetOf(offsets()).doesNotHaveDuplicates();
            assertThat(seen.size()).as("step %d", steps).isIn(0, 9);

            stream.compactor().run();

            assertClosedOnce(stream, "killed at step " + steps);
        }
        assertThat(steps).isGreaterThan(7 + rowsOfFiles.length);
    }

    private TestStream stream(String name) throws IOException {
        return stream(name, 2, 3, 4);
    }

    private TestStream stream(String name, int... rowsOfFiles) throws IOException {
        TestStream stream = new TestStream(temp.resolve(name));
        stream.conf.setInt(StreamSettings.LATE_INTERVAL.key(), 1);
        for (int rows : rowsOfFiles) {
            stream.epoch("e" + rows, HOUR.toString(), rows);
        }
        return stream.passed("2024-07-04T06:05:00");
    }

    private static boolean isKilled(TestStream stream, CrashPoint crash) throws IOException {
        try {
            run(stream, crash);
            return false;
        } catch (Killed e) {
            return true;
        }
    }

    private static void run(TestStream stream, CrashPoint crash) throws IOException {
        ClosingRound round = unleased(stream, new CrashingFileSystem(stream.fs, crash));
        Failures failures = new Failures();
        round.recover(failures);
        assertThat(failures.first()).isEmpty();
        round.close(HOUR, false);
        round.removeStaging();
    }

    private static boolean isRefused(TestStream stream, MeanwhileFileSystem slow) {
        try {
            unleased(stream, slow).close(HOUR, false);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** A compaction that no lease stops. */
    private static ClosingRound unleased(TestStream stream, org.apache.hadoop.fs.FileSystem fs) throws IOException {
        return new ClosingRound(stream.on(fs), stream.registrar(fs), () -> {}, stream.clock());
    }

    private static void assertClosedOnce(TestStream stream, String when) throws IOException {
        assertThat(stream.visibleOffsets()).as(when).isEqualTo(offsets());
        assertThat(stream.files("tables")).as(when).hasSize(1);
        assertThat(stream.files("stream/open")).as(when).isEmpty();
        assertThat(stream.files("stream/compacting")).as(when).isEmpty();
        assertThat(stream.files("stream/closings")).as(when).hasSize(1).allMatch(file -> file.getPath()
                .toString()
                .contains("/done/"));
        assertThat(stream.registered).as(when).hasSize(1);
    }

    private static List<Long> offsets() {
        return new ArrayList<>(LongStream.range(0, ROWS).boxed().toList());
    }
}
