package com.qcompany.batch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.GroupRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills an ingest before each of its changes in turn and looks at what the next run makes of it. */
class KilledIngestTest {

    private static final String HOUR = "2024-07-04-18";
    private static final String LATER = "2024-07-04-19";

    @TempDir
    Path directory;

    @Test
    void leavesWhatAnUndisturbedRunLeavesOnceItRanAgain() throws IOException {
        Warehouse undisturbed = landed("undisturbed");
        DyingFileSystem counted = new DyingFileSystem(undisturbed.fs, Integer.MAX_VALUE);
        undisturbed.ingest(counted, HOUR, true);
        Map<String, String> expected = undisturbed.files();

        for (int killedAt = 1; killedAt <= counted.changes(); killedAt++) {
            Warehouse warehouse = landed("killed-" + killedAt);
            kill(warehouse, killedAt);

            warehouse.ingest(HOUR, true);

            assertThat(warehouse.files().toString().replace("/killed-" + killedAt + "/", "/undisturbed/"))
                    .as("killed before change %d", killedAt)
                    .isEqualTo(expected.toString());
            assertThat(leftovers(warehouse, "raw/.incoming")).isEmpty();
            assertThat(leftovers(warehouse, "state/ledger/intents")).isEmpty();
        }
        assertThat(counted.changes()).isGreaterThan(30);
    }

    @Test
    void keepsOneRecordAndOneCopyOfAGroupWhenTheNextRunIsInAnotherHour() throws IOException {
        Warehouse undisturbed = landed("undisturbed");
        DyingFileSystem counted = new DyingFileSystem(undisturbed.fs, Integer.MAX_VALUE);
        undisturbed.ingest(counted, HOUR, true);

        for (int killedAt = 1; killedAt <= counted.changes(); killedAt++) {
            Warehouse warehouse = landed("killed-" + killedAt);
            kill(warehouse, killedAt);

            warehouse.ingest(LATER, true);

            assertThat(warehouse.records())
                    .as("killed before change %d", killedAt)
                    .extracting(GroupRecord::name)
                    .containsExactly("group1", "group2", "group3");
            assertThat(warehouse.files().keySet())
                    .filteredOn(file -> file.matches(".*/group\\d/_SUCCESS"))
                    .hasSize(2);
        }
    }

    @Test
    void survivesBeingKilledAgainWhileItRecovers() throws IOException {
        Warehouse undisturbed = landed("undisturbed");
        DyingFileSystem counted = new DyingFileSystem(undisturbed.fs, Integer.MAX_VALUE);
        undisturbed.ingest(counted, HOUR, true);

        for (int killedAt = 1; killedAt <= counted.changes(); killedAt += 7) {
            Warehouse warehouse = landed("killed-" + killedAt);
            kill(warehouse, killedAt);
            for (int again = 1; again <= 6; again++) {
                kill(warehouse, again);
            }

            warehouse.ingest(HOUR, true);

            assertThat(warehouse.files().keySet())
                    .as("killed before change %d", killedAt)
                    .isEqualTo(undisturbed.files().keySet());
        }
    }

    private static String[] leftovers(Warehouse warehouse, String hidden) {
        return Objects.requireNonNullElse(
                warehouse.directory.resolve("q").resolve(hidden).toFile().list(), new String[0]);
    }

    private static void kill(Warehouse warehouse, int killedAt) {
        try {
            warehouse.ingest(new DyingFileSystem(warehouse.fs, killedAt), HOUR, true);
        } catch (IOException expected) {
            assertThat(expected).hasMessageContaining("killed before change");
        }
    }

    /** Two groups of their own and a repeated one. */
    private Warehouse landed(String name) throws IOException {
        Warehouse warehouse = new Warehouse(Files.createDirectories(directory.resolve(name)));
        warehouse.drop("group1", "one");
        warehouse.drop("group2", "two");
        warehouse.drop("group3", "one");
        try (Stream<Path> paths = Files.walk(warehouse.landing)) {
            for (Path path : paths.toList()) {
                Files.setLastModifiedTime(path, FileTime.fromMillis(0));
            }
        }
        return warehouse;
    }
}
