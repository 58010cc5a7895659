package com.qcompany.batch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.qcompany.batch.ingest.Outcome.Kind;
import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.fake.CrashingFileSystem;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger of the release before, whose records know no names in the raw zone and no content digests. */
class LedgerUpgradeTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void isReadByALoadBeforeItIsUpgraded() throws IOException {
        Warehouse old = old("old");

        assertThat(old.ledger().pending(Snapshot.empty()))
                .extracting(GroupRecord::name)
                .containsExactly("group1", "group 2");
        assertThat(old.records().get(0).files())
                .allMatch(file -> file.rawName().equals(file.name()) && file.contentDigest() == null);
    }

    @Test
    void hasTheRecordsOfThisReleaseOnceItIsUpgraded() throws IOException {
        Warehouse old = old("old");

        assertThat(upgrade(old, old.fs)).contains("Upgraded 3 old ledger records");

        assertThat(records(old)).isEqualTo(records(ingested("new")));
        assertThat(upgrade(old, old.fs)).isEmpty();
    }

    @Test
    void knowsFoldersAndContentsOnceItIsUpgraded() throws IOException {
        Warehouse old = old("old");
        upgrade(old, old.fs);

        assertThat(old.ingest("2024-07-04-19", true)).isEmpty();
        Path sales = old.drop("group4", "two").resolve("sales_transactions_group4.csv");
        Warehouse.write(sales, Warehouse.sales("two").replace("\r\n", "\n"));
        assertThat(old.ingest("2024-07-04-19", true)).containsExactly(Kind.DUPLICATE);
        assertThat(old.records().get(3).duplicateOf()).isEqualTo(3);
    }

    @Test
    void isUpgradedToItsEndByTheNextRunWheneverOneIsKilled() throws IOException {
        Warehouse undisturbed = old("undisturbed");
        CrashPoint counted = CrashPoint.never();
        upgrade(undisturbed, new CrashingFileSystem(undisturbed.fs, counted));
        String expected = records(undisturbed);
        List<String> contents = contents(undisturbed);

        for (int step = 0; step < counted.steps(); step++) {
            Warehouse killed = old("killed-" + step);
            assertThat(isKilled(killed, step)).isTrue();

            upgrade(killed, killed.fs);

            assertThat(records(killed)).as("killed before change %d", step).isEqualTo(expected);
            assertThat(contents(killed)).isEqualTo(contents);
        }
        assertThat(counted.steps()).isGreaterThan(10);
    }

    @Test
    void stopsAtAFileOfTheRawZoneThatChangedAndGoesOnWithoutOneThatIsGone() throws IOException {
        Warehouse old = old("old");
        Path raw = old.directory.resolve("q/raw/2024/07/04/18/group1/branches_group1.csv");
        String content = Files.readString(raw);
        Warehouse.write(raw, content + "2,Boston,2017-01-15,A\r\n");

        assertThatIOException()
                .isThrownBy(() -> upgrade(old, old.fs))
                .withMessageContaining("group1/branches_group1.csv: it changed since it was ingested");

        Files.delete(raw);
        assertThat(upgrade(old, old.fs)).contains("Upgraded 3 old ledger records");
        FileRecord gone = old.records().get(0).files().get(0);
        assertThat(gone.contentDigest()).isEqualTo(gone.sha256());
    }

    /** All records, without the name of the warehouse that their paths have. */
    private static String records(Warehouse warehouse) throws IOException {
        return warehouse.records().toString().replace(warehouse.directory.toString(), "");
    }

    private static List<String> contents(Warehouse warehouse) throws IOException {
        return warehouse.files().keySet().stream()
                .filter(file -> file.startsWith("state/ledger/by-content/"))
                .toList();
    }

    private static Optional<String> upgrade(Warehouse warehouse, FileSystem view) throws IOException {
        return new LedgerUpgrade(view, Ledger.open(view, warehouse.layout)).run();
    }

    private static boolean isKilled(Warehouse warehouse, int step) throws IOException {
        try {
            upgrade(warehouse, new CrashingFileSystem(warehouse.fs, CrashPoint.before(step)));
            return false;
        } catch (CrashPoint.Killed e) {
            return true;
        }
    }

    private Warehouse ingested(String name) throws IOException {
        Warehouse warehouse = new Warehouse(Files.createDirectories(directory.resolve(name)));
        warehouse.drop("group 2", "two");
        warehouse.drop("group1", "one");
        warehouse.drop("group3", "one");
        warehouse.ingest("2024-07-04-18", true);
        return warehouse;
    }

    /** The same as the release before leaves it. */
    private Warehouse old(String name) throws IOException {
        Warehouse warehouse = ingested(name);
        Path ledger = warehouse.directory.resolve("q/state/ledger");
        for (GroupRecord record : warehouse.records()) {
            Path file = ledger.resolve("records/0000000/%010d.json".formatted(record.sequence()));
            JsonNode json = JSON.readTree(Files.readString(file));
            for (JsonNode of : json.get("files")) {
                ((ObjectNode) of).remove(List.of("rawName", "contentDigest", "endsWithLineEnd", "duplicateOf"));
            }
            Warehouse.write(file, JSON.writeValueAsString(json));
            Path bucket = ledger.resolve("by-name")
                    .resolve(DigestUtils.sha256Hex(record.name()).substring(0, 2));
            try (Stream<Path> entries = Files.list(bucket)) {
                for (Path entry : entries.filter(each -> each.toString().contains("@" + record.sequence() + "@"))
                        .toList()) {
                    String rest = entry.getFileName().toString().replaceFirst("^[0-9a-f]*", "");
                    Files.move(entry, bucket.resolve(URLEncoder.encode(record.name(), StandardCharsets.UTF_8) + rest));
                }
            }
        }
        FileUtils.deleteDirectory(ledger.resolve("by-content").toFile());
        return warehouse;
    }
}
