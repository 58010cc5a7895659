package com.qcompany.batch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.ingest.Readiness.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessTest {

    private static final Instant CHANGED = Instant.parse("2024-07-04T18:00:00Z");
    private static final Readiness READINESS =
            new Readiness(Warehouse.CATALOG, Duration.ofSeconds(60), Duration.ofHours(1), false);
    private static final Readiness DIMENSIONS =
            new Readiness(Warehouse.CATALOG, Duration.ofSeconds(60), Duration.ofHours(1), true);

    @TempDir
    Path folder;

    @BeforeEach
    void drop() throws IOException {
        for (String feed : new String[] {"branches", "sales_agents", "sales_transactions"}) {
            Warehouse.write(folder.resolve(feed + "_1.csv"), "id\r\n");
        }
    }

    @Test
    void waitsForAQuietPeriodAfterTheLastChange() throws IOException {
        assertThat(judge(READINESS, 59))
                .isEqualTo(new Readiness.Verdict(
                        State.WAITING,
                        "changed 59 s ago (ingested after 60 s without change, at once with a _READY file)"));
        assertThat(judge(READINESS, 60).state()).isEqualTo(State.READY);
    }

    @Test
    void saysThatFilesAreOfTheFutureAndTakesThemWhereNoQuietIsAskedFor() throws IOException {
        assertThat(judge(READINESS, -32_400))
                .isEqualTo(new Readiness.Verdict(
                        State.WAITING,
                        "changed 32400 s in the future, by its files' times"
                                + " (ingested after 60 s without change, at once with a _READY file)"));
        Readiness now = new Readiness(Warehouse.CATALOG, Duration.ZERO, READINESS.grace(), false);
        assertThat(judge(now, -32_400).state()).isEqualTo(State.READY);
    }

    @Test
    void takesAMarkedGroupAtOnce() throws IOException {
        Warehouse.write(folder.resolve(".done"), "");

        assertThat(judge(READINESS, 0).state()).isEqualTo(State.READY);
    }

    @Test
    void waitsForAMissingFileThenWarns() throws IOException {
        Files.delete(folder.resolve("sales_transactions_1.csv"));

        assertThat(judge(READINESS, 600))
                .isEqualTo(new Readiness.Verdict(
                        State.WAITING, "it lacks sales_transactions, last changed 600 s ago (overdue after 3600 s)"));
        assertThat(judge(READINESS, 3600))
                .isEqualTo(new Readiness.Verdict(
                        State.OVERDUE,
                        "it lacks sales_transactions for more than 3600 s (--dims-only ingests what is there)"));
    }

    @Test
    void takesAnOverdueGroupForItsDimensionsAloneWhenAskedTo() throws IOException {
        Files.delete(folder.resolve("sales_transactions_1.csv"));

        assertThat(judge(DIMENSIONS, 600).state()).isEqualTo(State.WAITING);
        assertThat(judge(DIMENSIONS, 3600).state()).isEqualTo(State.DIMENSIONS_ONLY);
    }

    @Test
    void neverTakesAGroupThatLacksADimension() throws IOException {
        Files.delete(folder.resolve("branches_1.csv"));

        assertThat(judge(DIMENSIONS, 3600).state()).isEqualTo(State.OVERDUE);
        assertThat(judge(DIMENSIONS, 3600).reason())
                .contains("it lacks branches")
                .contains("a header alone");
    }

    private Readiness.Verdict judge(Readiness readiness, long secondsLater) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(CHANGED));
            }
        }
        Files.setLastModifiedTime(folder, FileTime.from(CHANGED));
        return readiness.of(
                new LandingDirectory(folder, Warehouse.CATALOG).look(folder), CHANGED.plusSeconds(secondsLater));
    }
}
