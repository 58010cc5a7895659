package com.qcompany.batch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.qcompany.batch.ingest.Outcome.Kind;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and kinds of entries that a landing directory may hold: each is ingested, or refused by its name alone. */
class LandingNamesTest {

    private static final String HOUR = "2024-07-04-18";
    private static final String ARABIC_OF_49_LETTERS = "\u0645\u062C\u0645\u0648\u0639\u0629\u0661".repeat(7);

    @TempDir
    Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void make() throws IOException {
        warehouse = new Warehouse(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-07-04T18:00:00", "group 1", " blank in front", "blank behind ", " ", "group#3%20", "100%",
                "back\\slash", "gruppe-\u00E4", "\u65E5\u672C\uD83D\uDE00", "a*?[b]{c,d}", "-", "~", "it's \"quoted\"",
                "a\u2026b"
            })
    void ingestsAFolderOfAnyOtherName(String name) throws IOException {
        acceptsAndKeepsApart(name);
    }

    @Test
    void ingestsAFolderOf49ArabicLettersAndOneOf255Bytes() throws IOException {
        acceptsAndKeepsApart(ARABIC_OF_49_LETTERS);
        warehouse.outcomes.clear();
        Path folder = Files.move(warehouse.drop("long", "long"), warehouse.landing.resolve("x".repeat(255)));

        assertThat(warehouse.ingest(HOUR, true)).containsExactly(Kind.ACCEPTED);

        assertThat(warehouse.ledger().latest(folder.getFileName().toString())).isPresent();
        assertThat(warehouse.files().keySet())
                .flatExtracting(path -> List.of(path.split("/")))
                .allMatch(name -> name.getBytes(StandardCharsets.UTF_8).length <= 200);
    }

    private void acceptsAndKeepsApart(String name) throws IOException {
        Files.move(warehouse.drop("one", "one"), warehouse.landing.resolve(name));
        warehouse.drop("zz", "two");

        assertThat(warehouse.ingest(HOUR, true)).containsExactly(Kind.ACCEPTED);
        assertThat(warehouse.ingest(HOUR, true)).isEmpty();

        GroupRecord record = warehouse.ledger().latest(name).orElseThrow();
        assertThat(record.name()).isEqualTo(name);
        assertThat(SourceGroup.parse(record.group().text())).isEqualTo(record.group());
        org.apache.hadoop.fs.Path raw = warehouse.ledger().rawDirectory(record);
        assertThat(raw.getName()).isEqualTo(RawName.of(name)).doesNotContain(":");
        assertThat(warehouse.fs.exists(new org.apache.hadoop.fs.Path(raw, "_SUCCESS")))
                .isTrue();
    }

    @Test
    void keepsNamesApartThatShareTheirPlainLetters() {
        assertThat(List.of(RawName.of("a:b"), RawName.of("a b "), RawName.of("a-b"), RawName.of("a;b")))
                .doesNotHaveDuplicates()
                .contains("a-b");
        assertThat(RawName.of(".a")).startsWith("-a~");
    }

    @Test
    void storesAFileUnderASafeNameAndRecordsBothNames() throws IOException {
        Path folder = warehouse.drop("group9", "nine");
        String delivered = "branches_2024-07-13_07:00:00.csv";
        Files.move(folder.resolve("branches_group9.csv"), folder.resolve(delivered));

        assertThat(warehouse.ingest(HOUR, true)).containsExactly(Kind.ACCEPTED);

        GroupRecord record = warehouse.records().get(0);
        GroupRecord.FileRecord branches = record.files().get(0);
        assertThat(branches.name()).isEqualTo(delivered);
        assertThat(branches.rawName()).startsWith("branches-2024-07-13-07-00-00.csv~");
        assertThat(warehouse.files()).containsKey("raw/2024/07/04/18/group9/" + branches.rawName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"group@2", "two\nlines", "tab\there", "no\uFFFDutf8", "line\u2028separator"})
    void refusesAFolderWhoseNameNoRecordCanHoldAndGoesOn(String name) throws IOException {
        Files.move(warehouse.drop("one", "one"), warehouse.landing.resolve(name));
        warehouse.drop("zz", "two");

        assertThat(warehouse.ingest(HOUR, true)).containsExactly(Kind.ACCEPTED, Kind.REFUSED);

        assertThat(warehouse.records()).extracting(GroupRecord::name).containsExactly("zz");
        assertThat(warehouse.outcomes.get(0).sentence())
                .contains("is refused. Cannot use the name")
                .doesNotContain("\n");
    }

    @Test
    void refusesAFileWhoseNameIsNoUtf8() throws IOException {
        Path folder = warehouse.drop("one", "one");
        Files.move(folder.resolve("branches_one.csv"), folder.resolve("branches_\uFFFD.csv"));
        warehouse.drop("two", "two");

        assertThat(warehouse.ingest(HOUR, true)).containsExactly(Kind.ACCEPTED, Kind.REFUSED);
    }

    @Test
    void refusesLinksThatLeadNowhereByNameAndGoesOn() throws IOException {
        Files.createSymbolicLink(warehouse.landing.resolve("dangling"), directory.resolve("gone"));
        Path broken = warehouse.drop("broken", "one").resolve("branches_broken.csv");
        Files.delete(broken);
        Files.createSymbolicLink(broken, directory.resolve("gone"));
        Path loop = warehouse.drop("loop", "two").resolve("sales_agents_loop.csv");
        Files.delete(loop);
        Files.createSymbolicLink(loop, loop.getFileName());
        Path locked = warehouse.drop("open-in-an-editor", "three");
        Files.createSymbolicLink(locked.resolve(".#branches_1.csv"), Path.of("somebody@somewhere"));

        assertThat(warehouse.ingest(HOUR, true)).containsExactly(Kind.ACCEPTED, Kind.REFUSED);

        assertThat(warehouse.records()).extracting(GroupRecord::name).containsExactly("open-in-an-editor");
        assertThat(warehouse.outcomes)
                .extracting(Outcome::kind)
                .filteredOn(Kind.REFUSED::equals)
                .hasSize(3);
    }

    @Test
    void refusesArchivesAndFilesThatLieInPlaceOfAFolder() throws IOException {
        Warehouse.write(warehouse.landing.resolve("group4.ZIP"), "PK");
        Warehouse.write(warehouse.landing.resolve("branches_5.csv"), "branch_id");
        Warehouse.write(warehouse.landing.resolve("written_groups.txt"), "group4");
        Files.createDirectory(warehouse.landing.resolve("lost+found"));
        warehouse.drop("group6", "six");

        assertThat(warehouse.ingest(HOUR, true)).containsExactly(Kind.ACCEPTED, Kind.REFUSED);

        assertThat(warehouse.outcomes)
                .extracting(Outcome::sentence)
                .anyMatch(sentence -> sentence.startsWith("group4.ZIP is refused"))
                .anyMatch(sentence -> sentence.startsWith("branches_5.csv is refused"))
                .noneMatch(sentence -> sentence.contains("written_groups") || sentence.contains("lost+found"));
    }

    @Test
    void refusesAFolderWithTwoFilesOfOneFeedAndGoesOn() throws IOException {
        Path folder = warehouse.drop("one", "one");
        Warehouse.write(folder.resolve("sales_transactions_two.csv"), Warehouse.sales("two"));
        warehouse.drop("zz", "three");

        assertThat(warehouse.ingest(HOUR, true)).containsExactly(Kind.ACCEPTED, Kind.REFUSED);

        assertThat(warehouse.outcomes.get(0).sentence())
                .contains("one is refused. Cannot ingest " + folder + ": sales_transactions_one.csv and "
                        + "sales_transactions_two.csv are both of feed sales_transactions (expected one file of it)");
        Files.delete(folder.resolve("sales_transactions_two.csv"));
        assertThat(warehouse.ingest(HOUR, true)).containsExactly(Kind.ACCEPTED);
    }

    @Test
    void refusesAFolderAndAFileThatMayNotBeRead() throws IOException {
        Path folder = warehouse.drop("closed", "one");
        Path file = warehouse.drop("closed-file", "two").resolve("branches_closed-file.csv");
        warehouse.drop("open", "three");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));

        try {
            Assumptions.assumeFalse(Files.isReadable(folder), "root may read everything");
            assertThat(warehouse.ingest(HOUR, true)).containsExactly(Kind.ACCEPTED, Kind.REFUSED);
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(warehouse.outcomes)
                .extracting(Outcome::sentence)
                .anyMatch(sentence -> sentence.contains("Cannot read " + file + " (expected permission to read it)"));
    }

    @Test
    void leavesAFolderWhoseFileVanishesWhileItIsReadForTheNextRun() throws IOException {
        Path folder = warehouse.drop("one", "one");
        LandingGroup seen = new LandingDirectory(warehouse.landing, Warehouse.CATALOG).look(folder);
        Files.delete(seen.files().get(0).path());
        FileInspection inspection = new FileInspection(1 << 20);

        assertThatIOException()
                .isThrownBy(() -> inspection.of(seen.files().get(0)))
                .withMessageContaining("Cannot read " + seen.files().get(0).path())
                .isNotInstanceOf(RefusedException.class);
        assertThat(warehouse.ingest(HOUR, true)).containsExactly(Kind.WAITING);
    }
}
