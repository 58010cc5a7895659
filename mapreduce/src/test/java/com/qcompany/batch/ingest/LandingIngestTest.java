package com.qcompany.batch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.ingest.Outcome.Kind;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.Status;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingIngestTest {

    @TempDir
    Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void make() throws IOException {
        warehouse = new Warehouse(directory);
    }

    @Test
    void takesTheFirstGroupInNaturalOrder() throws IOException {
        warehouse.drop("group10", "ten");
        warehouse.drop("group2", "two");

        warehouse.ingest("2024-07-04-18", false);

        assertThat(warehouse.records()).extracting(GroupRecord::name).containsExactly("group2");
        assertThat(warehouse.files())
                .containsKeys("raw/2024/07/04/18/group2/_SUCCESS", "raw/2024/07/04/18/group2/branches_group2.csv")
                .containsEntry("raw/2024/07/04/18/group2/sales_transactions_group2.csv", Warehouse.sales("two"));
        assertThat(warehouse.outcomes)
                .extracting(Outcome::sentence)
                .singleElement()
                .asString()
                .matches("Accepted group2 as 2024-07-04-18: 2 sales_transactions, 1 sales_agents, 1 branches; "
                        + "\\d+ bytes in \\d+\\.\\d s");
    }

    @Test
    void recordsWhatTheFilesAre() throws IOException {
        warehouse.drop("group1", "\"over\r\ntwo lines\"");

        warehouse.ingest("2024-07-04-18", false);

        GroupRecord record = warehouse.records().get(0);
        assertThat(record.recordedAt()).isEqualTo("2024-07-04T18:25:00Z");
        assertThat(record.hour()).isEqualTo("2024-07-04-18");
        assertThat(record.files())
                .extracting(GroupRecord.FileRecord::feed)
                .containsExactly("branches", "sales_agents", "sales_transactions");
        GroupRecord.FileRecord sales = record.files().get(2);
        assertThat(sales.rows()).isEqualTo(2);
        assertThat(sales.quotedLineBreaks()).isTrue();
        assertThat(sales.header())
                .startsWith("transaction_date", "transaction_id")
                .hasSize(21);
        assertThat(sales.sha256()).hasSize(64);
        assertThat(warehouse.fs.exists(warehouse.ledger().rawDirectory(record))).isTrue();
    }

    @Test
    void takesNothingTwice() throws IOException {
        warehouse.drop("group1", "one");
        warehouse.drop("group2", "two");
        warehouse.ingest("2024-07-04-18", true);
        Map<String, String> before = warehouse.files();

        assertThat(warehouse.ingest("2024-07-04-19", true)).isEmpty();

        assertThat(warehouse.files()).isEqualTo(before);
    }

    @Test
    void readsATouchedFolderOnceAndRecordsNothing() throws IOException {
        Path folder = warehouse.drop("group1", "one");
        warehouse.ingest("2024-07-04-18", true);
        Files.setLastModifiedTime(folder.resolve("branches_group1.csv"), FileTime.fromMillis(1_000));

        assertThat(warehouse.ingest("2024-07-04-19", true)).containsExactly(Kind.UNCHANGED);
        assertThat(warehouse.ingest("2024-07-04-20", true)).isEmpty();

        assertThat(warehouse.records()).hasSize(1);
    }

    @Test
    void recordsTheSameContentUnderAnotherNameAsADuplicateAndCopiesNothing() throws IOException {
        warehouse.drop("group1", "one");
        warehouse.drop("group2", "one");

        assertThat(warehouse.ingest("2024-07-04-18", true)).containsExactly(Kind.ACCEPTED, Kind.DUPLICATE);

        GroupRecord duplicate = warehouse.records().get(1);
        assertThat(duplicate.status()).isEqualTo(Status.DUPLICATE);
        assertThat(duplicate.duplicateOf()).isEqualTo(1);
        assertThat(duplicate.rawPath()).isNull();
        assertThat(warehouse.files().keySet()).noneMatch(file -> file.startsWith("raw/2024/07/04/18/group2"));
        assertThat(warehouse.ledger().pending(Snapshot.empty()))
                .extracting(GroupRecord::name)
                .containsExactly("group1");
        assertThat(warehouse.outcomes.get(1).sentence())
                .isEqualTo("Recorded group2 as a duplicate of 2024-07-04-18/group1: it loads nothing");
    }

    @Test
    void namesTheOriginalForADuplicateOfADuplicate() throws IOException {
        warehouse.drop("group1", "one");
        warehouse.drop("group2", "one");
        warehouse.drop("group3", "one");

        warehouse.ingest("2024-07-04-18", true);

        assertThat(warehouse.records()).extracting(GroupRecord::duplicateOf).containsExactly(null, 1L, 1L);
    }

    @Test
    void keepsNewContentUnderTheSameNameAsACorrection() throws IOException {
        warehouse.drop("group1", "one");
        warehouse.ingest("2024-07-04-18", true);
        warehouse.drop("group1", "corrected");

        warehouse.ingest("2024-07-04-18", true);

        GroupRecord correction = warehouse.records().get(1);
        assertThat(correction.version()).isEqualTo(2);
        assertThat(correction.status()).isEqualTo(Status.ACCEPTED);
        assertThat(correction.rawPath()).endsWith("raw/2024/07/04/18/group1@2");
        assertThat(warehouse.files().get("raw/2024/07/04/18/group1/sales_transactions_group1.csv"))
                .contains("one");
        assertThat(warehouse.outcomes.get(1).sentence()).contains("version 2 of it");
    }

    @Test
    void acceptsARevertedCorrectionAsANewVersionOnce() throws IOException {
        warehouse.drop("group1", "one");
        warehouse.ingest("2024-07-04-18", true);
        warehouse.drop("group1", "corrected");
        warehouse.ingest("2024-07-04-19", true);
        warehouse.drop("group1", "one");

        assertThat(warehouse.ingest("2024-07-04-20", true)).containsExactly(Kind.ACCEPTED);
        assertThat(warehouse.ingest("2024-07-04-21", true)).isEmpty();
        GroupRecord reverted = warehouse.records().get(2);
        assertThat(reverted.version()).isEqualTo(3);
        assertThat(reverted.files())
                .extracting(GroupRecord.FileRecord::duplicateOf)
                .containsOnlyNulls();
    }

    @Test
    void leavesWhatCannotBeReadAndGoesOn() throws IOException {
        Path empty = warehouse.drop("group1", "one").resolve("sales_agents_group1.csv");
        Warehouse.write(empty, "");
        Path directoryForFile = warehouse.drop("group2", "two").resolve("branches_group2.csv");
        Files.delete(directoryForFile);
        Files.createDirectory(directoryForFile);
        warehouse.drop("group3", "three");
        warehouse.drop("group@4", "four");

        assertThat(warehouse.ingest("2024-07-04-18", true)).containsExactly(Kind.ACCEPTED, Kind.REFUSED);

        assertThat(warehouse.records()).extracting(GroupRecord::name).containsExactly("group3");
        assertThat(warehouse.outcomes)
                .extracting(Outcome::sentence)
                .anyMatch(sentence -> sentence.contains("Cannot read " + empty + ": it is empty"))
                .anyMatch(sentence -> sentence.contains("Cannot read " + directoryForFile))
                .anyMatch(sentence -> sentence.contains("group@4 (expected UTF-8 without @ and control characters)"));
        assertThat(empty).exists();
    }

    @Test
    void leavesAGroupWhoseHeaderDoesNotFitItsFeed() throws IOException {
        Path file = warehouse.drop("group1", "one").resolve("branches_group1.csv");
        Warehouse.write(file, "branch_id,location\r\n1,New York\r\n");

        assertThat(warehouse.ingest("2024-07-04-18", true)).containsExactly(Kind.REFUSED);

        assertThat(warehouse.outcomes.get(0).sentence())
                .contains(file + " to feed branches: column establish_date is missing");
    }

    @Test
    void refusesToTakeOverARawDirectoryThatNoRecordNames() throws IOException {
        warehouse.drop("group1", "one");
        Files.createDirectories(directory.resolve("q/raw/2024/07/04/18/group1"));

        assertThat(warehouse.ingest("2024-07-04-18", true)).containsExactly(Kind.FAILED);

        assertThat(warehouse.outcomes.get(0).sentence()).contains("no record names it");
    }

    @Test
    void leavesAsideWhatBelongsToNoFeedAndSaysSo() throws IOException {
        Warehouse.write(warehouse.drop("group1", "one").resolve("notes.txt"), "hello");

        warehouse.ingest("2024-07-04-18", true);

        assertThat(warehouse.outcomes.get(0).sentence()).contains("leaving aside what belongs to no feed: notes.txt");
        assertThat(warehouse.files().keySet()).noneMatch(file -> file.endsWith("notes.txt"));
    }

    @Test
    void changesNothingInTheLandingDirectory() throws IOException {
        Path folder = warehouse.drop("group1", "one");
        FileTime modified = Files.getLastModifiedTime(folder);

        warehouse.ingest("2024-07-04-18", true);

        assertThat(folder).isDirectoryContaining("glob:**_READY");
        assertThat(Files.getLastModifiedTime(folder)).isEqualTo(modified);
    }

    @Test
    void givesALoadTheAcceptedGroupsAboveItsSnapshotInSourceOrder() throws IOException {
        warehouse.drop("group10", "ten");
        warehouse.drop("group9", "nine");
        warehouse.ingest("2024-07-04-18", true);
        warehouse.drop("group11", "eleven");
        warehouse.ingest("2024-07-04-17", true);

        assertThat(warehouse.ledger().pending(Snapshot.empty()))
                .extracting(GroupRecord::name)
                .containsExactly("group11", "group9", "group10");
        Snapshot loaded = new Snapshot(
                Snapshot.FORMAT,
                1,
                0,
                new java.util.TreeMap<>(),
                new java.util.TreeMap<>(),
                1,
                new TreeSet<>(java.util.List.of(3L)),
                new TreeSet<>(),
                java.util.List.of());
        assertThat(warehouse.ledger().pending(loaded))
                .extracting(GroupRecord::name)
                .containsExactly("group10");
    }

    @Test
    void recognisesTheSameLinesWithOtherLineEnds() throws IOException {
        warehouse.drop("group1", "one");
        warehouse.ingest("2024-07-04-18", true);
        for (String name : new String[] {"group1", "group2"}) {
            Path folder = warehouse.drop(name, "one");
            Path sales = folder.resolve("sales_transactions_%s.csv".formatted(name));
            Warehouse.write(sales, Warehouse.sales("one").replace("\r\n", "\n"));
        }

        assertThat(warehouse.ingest("2024-07-04-19", true)).containsExactly(Kind.DUPLICATE, Kind.UNCHANGED);
    }

    @Test
    void namesTheGroupThatDeliveredTheContentOfAFileFirst() throws IOException {
        warehouse.drop("group1", "one");
        warehouse.drop("group2", "two");
        warehouse.drop("group3", "three");

        warehouse.ingest("2024-07-04-18", true);

        assertThat(warehouse.records().get(0).files())
                .extracting(GroupRecord.FileRecord::duplicateOf)
                .containsOnlyNulls();
        assertThat(warehouse.records().get(2).files())
                .extracting(GroupRecord.FileRecord::duplicateOf)
                .containsExactly(1L, 1L, null);
        assertThat(warehouse.outcomes.get(2).sentence())
                .contains("; branches as in 2024-07-04-18/group1; sales_agents as in 2024-07-04-18/group1");
    }

    @Test
    void takesNoFileOfACorrectionForADuplicateOfWhatItReplaces() throws IOException {
        warehouse.drop("group1", "one");
        warehouse.ingest("2024-07-04-18", true);
        warehouse.drop("group1", "corrected");
        warehouse.ingest("2024-07-04-19", true);
        warehouse.drop("group2", "two");
        warehouse.ingest("2024-07-04-20", true);

        assertThat(warehouse.records().get(1).files())
                .extracting(GroupRecord.FileRecord::duplicateOf)
                .containsOnlyNulls();
        assertThat(warehouse.records().get(2).files())
                .extracting(GroupRecord.FileRecord::duplicateOf)
                .containsExactly(2L, 2L, null);
    }

    @Test
    void acceptsContentThatAnotherNameReplacedLongAgo() throws IOException {
        warehouse.drop("group1", "one");
        warehouse.ingest("2024-07-04-18", true);
        warehouse.drop("group1", "corrected");
        warehouse.ingest("2024-07-04-19", true);
        warehouse.drop("group2", "one");

        assertThat(warehouse.ingest("2024-07-04-20", true)).containsExactly(Kind.ACCEPTED);
        assertThat(warehouse.records()).extracting(GroupRecord::version).containsExactly(1, 2, 1);
        assertThat(warehouse.ledger().latest("group1"))
                .contains(warehouse.records().get(1));
    }

    @Test
    void warnsOfALastLineWithoutALineEnd() throws IOException {
        Path sales = warehouse.drop("group1", "one").resolve("sales_transactions_group1.csv");
        Warehouse.write(sales, Warehouse.sales("one").stripTrailing());

        warehouse.ingest("2024-07-04-18", true);

        assertThat(warehouse.records().get(0).files())
                .extracting(GroupRecord.FileRecord::endsWithLineEnd)
                .containsExactly(true, true, false);
        assertThat(warehouse.outcomes.get(0).sentence())
                .endsWith("; warning: sales_transactions_group1.csv may be cut, its last line has no line end");
    }
}
