package com.qcompany.batch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.fake.CrashPoint.Killed;
import com.qcompany.warehouse.fake.CrashingFileSystem;
import com.qcompany.warehouse.state.GroupRecord;
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
        CrashPoint counted = CrashPoint.never();
        undisturbed.ingest(new CrashingFileSystem(undisturbed.fs, counted), HOUR, true);
        Map<String, String> expected = undisturbed.files();

        for (int killedAt = 0; killedAt < counted.steps(); killedAt++) {
            Warehouse warehouse = landed("killed-" + killedAt);
            assertThat(isKilled(warehouse, killedAt)).isTrue();

            warehouse.ingest(HOUR, true);

            assertThat(warehouse.files().toString().replace("/killed-" + killedAt + "/", "/undisturbed/"))
                    .as("killed before change %d", killedAt)
                    .isEqualTo(expected.toString());
            assertThat(leftovers(warehouse, "raw/.incoming")).isEmpty();
            assertThat(leftovers(warehouse, "state/ledger/intents")).isEmpty();
        }
        assertThat(counted.steps()).isGreaterThan(30);
    }

    @Test
    void keepsOneRecordAndOneCopyOfAGroupWhenTheNextRunIsInAnotherHour() throws IOException {
        Warehouse undisturbed = landed("undisturbed");
        CrashPoint counted = CrashPoint.never();
        undisturbed.ingest(new CrashingFileSystem(undisturbed.fs, counted), HOUR, true);

        for (int killedAt = 0; killedAt < counted.steps(); killedAt++) {
            Warehouse warehouse = landed("killed-" + killedAt);
            assertThat(isKilled(warehouse, killedAt)).isTrue();

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
        CrashPoint counted = CrashPoint.never();
        undisturbed.ingest(new CrashingFileSystem(undisturbed.fs, counted), HOUR, true);

        for (int killedAt = 0; killedAt < counted.steps(); killedAt += 7) {
            Warehouse warehouse = landed("killed-" + killedAt);
            assertThat(isKilled(warehouse, killedAt)).isTrue();
            for (int again = 0; again < 6; again++) {
                isKilled(warehouse, again);
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

    /** Whether the run came to the change that it was to be killed before. */
    private static boolean isKilled(Warehouse warehouse, int change) throws IOException {
        try {
            warehouse.ingest(new CrashingFileSystem(warehouse.fs, CrashPoint.before(change)), HOUR, true);
            return false;
        } catch (Killed e) {
            return true;
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
