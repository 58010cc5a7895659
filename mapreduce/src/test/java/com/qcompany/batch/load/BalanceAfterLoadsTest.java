package com.qcompany.batch.load;

import static com.qcompany.batch.load.LocalWarehouse.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.qcompany.balance.Balance;
import com.qcompany.balance.Tally.Fate;
import com.qcompany.generator.GroupGenerator;
import com.qcompany.generator.SalesTruth;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a balance says of loads, and of files that somebody deleted, doubled or changed afterwards. */
@Tag("slow")
class BalanceAfterLoadsTest {
    private static final Path SHARED = Path.of(System.getProperty("q.project.root", ".."), "../shared");

    /** Days whose rejected rows are kept for their age. */
    private static final LocalDate YESTERDAY = LocalDate.now(ZoneOffset.UTC).minusDays(1);

    private static final String GROUP_1 = YESTERDAY + "-00/group1";

    @TempDir
    Path dir;

    private LocalWarehouse warehouse;
    private int hour;

    @BeforeEach
    void openWarehouse() throws IOException {
        warehouse = new LocalWarehouse(dir);
    }

    @Test
    void generatedGroupsBalanceBeforeAndAfterTheMerge() throws Exception {
        SalesTruth truth = loadGenerated(0.05);

        Balance balance = balance();

        assertThat(balance.differences()).isEmpty();
        assertThat(balance.total().count(Fate.FACT)).isEqualTo(truth.facts());
        assertThat(balance.total().units()).isEqualTo(truth.units());
        assertThat(balance.total().paid()).isEqualByComparingTo(truth.totalPaid());
        assertThat(balance.total().count(Fate.REJECTED) + balance.total().count(Fate.WAITING))
                .isEqualTo(truth.rejected());
        assertThat(balance.dates().keySet()).isEqualTo(truth.dates());
        warehouse.compact();
        assertThat(balance()).isEqualTo(balance);
    }

    @Test
    void realGroupsBalanceToTheKnownFigures() throws Exception {
        deliver("data/real/group1", "group1");
        deliver("data/real/group2", "group2");
        Files.writeString(
                copy("data/real/group3", "group3").resolve("sales_agents_SS_raw_3.csv"),
                "77,New Agent,2024-1-9\r\n",
                StandardOpenOption.APPEND);
        ingest();
        warehouse.load();

        Balance balance = balance();

        assertThat(balance.differences()).isEmpty();
        assertThat(balance.total().lines()).isEqualTo(4500);
        assertThat(balance.total().count(Fate.FACT)).isEqualTo(3000);
        assertThat(balance.total().count(Fate.DUPLICATE)).isEqualTo(1500);
        assertThat(balance.total().units()).isEqualTo(16521);
        assertThat(balance.total().paid()).isEqualByComparingTo("2821074.7745");
        assertThat(balance.dates()).hasSize(667);
    }

    @Test
    void deliveriesThatWentWrongOnceBalance() throws Exception {
        assumeTrue(Files.isDirectory(SHARED), "the shared inputs are not here");
        try (Stream<Path> cases = Files.list(SHARED.resolve("cases/batch"))) {
            for (Path input : cases.sorted().toList()) {
                hour = 0;
                warehouse = new LocalWarehouse(
                        Files.createDirectories(dir.resolve(input.getFileName().toString())));
                for (String folder : foldersOf(input)) {
                    deliver("cases/batch/" + folder, folder.replace('/', '-'));
                }
                assertThat(balance().differences()).as(input.toString()).isEmpty();
            }
        }
    }

    @Test
    void daysWhoseRejectedRowsAreGoneForTheirAgeBalance() throws Exception {
        new GroupGenerator(7, 300, 0.05, 0).write(warehouse.landing(), 1, 1);
        warehouse.ingest("2024-07-05-00");
        warehouse.load("-D", "q.load.max-rejected-share=1");
        Balance before = balance();
        assertThat(before.differences()).isEmpty();

        warehouse.compact();

        assertThat(warehouse.files(StarSchema.REJECTED_ROWS)).isEmpty();
        assertThat(balance()).isEqualTo(before);
    }

    @Test
    void aCutLineWhoseQuoteIsStrayBalances() throws Exception {
        String product = "Coffee Maker";
        warehouse.group(
                "group1",
                sale("trx-1", 1).replace(product, "\"Coffee\nMaker\""),
                "2023-5-20,trx-2,85469,\"An",
                sale("trx-3", 1).replace(product, "\"Coffee, Maker\""),
                "\"",
                "\"\"",
                sale("trx-4", 1).replace(product, "\"Coffee, \"\"big\"\" Maker\""),
                "\"never closed",
                sale("trx-5", 1));
        warehouse.ingest(YESTERDAY + "-09");
        warehouse.load("-D", "q.load.max-rejected-share=1");

        Balance balance = balance();

        assertThat(balance.differences()).isEmpty();
        assertThat(balance.total().count(Fate.FACT)).isEqualTo(4);
        assertThat(balance.total().count(Fate.REJECTED)).isEqualTo(4);
    }

    @Test
    void aFileThatRepeatsOneThatACorrectionReplacedBalances() throws Exception {
        warehouse.group("group1", sale("trx-1", 1));
        warehouse.ingest(YESTERDAY + "-09");
        warehouse.group("group2", sale("trx-1", 1));
        LocalWarehouse.write(
                warehouse.landing().resolve("group2"),
                "sales_agents_2",
                "sales_person_id,name,hire_date",
                "1,John Doe,2020-6-3",
                "2,Jane Roe,2021-7-4");
        warehouse.ingest(YESTERDAY + "-12");
        warehouse.group("group1", sale("trx-2", 1));
        warehouse.ingest(YESTERDAY + "-09");
        warehouse.group("group3", sale("trx-1", 1), sale("trx-3", 1));
        warehouse.ingest(YESTERDAY + "-10");
        warehouse.group("group4", sale("trx-1", 2));
        warehouse.ingest(YESTERDAY + "-11");
        warehouse.load();

        Balance balance = balance();

        assertThat(balance.differences()).isEmpty();
        assertThat(balance.total().count(Fate.SUPERSEDED)).isEqualTo(1);
    }

    @Test
    void oneHourBalancesByItself() throws Exception {
        loadGenerated(0.05);

        Balance second = balance(YESTERDAY + "-01", YESTERDAY + "-01");

        assertThat(second.differences()).isEmpty();
        assertThat(second.hours()).containsOnlyKeys(YESTERDAY + "-01");
        assertThat(second.total().lines()).isEqualTo(300);
    }

    @Test
    void findsADeletedFile() throws Exception {
        loadGenerated(0);
        DataFile lost = warehouse.files(StarSchema.SALES_DELTA).get(0);
        Files.delete(file(lost));

        Balance balance = balance();

        assertThat(balance.count()).isEqualTo(lost.rows());
        assertThat(balance.differences()).anySatisfy(sentence -> assertThat(sentence)
                .containsPattern("^Sale trx-\\d+ of %s sales_transactions_SS_raw_1.csv line \\d+".formatted(GROUP_1)
                        + " is neither published nor rejected nor waiting$"));
    }

    @Test
    void findsADeletedDirectory() throws Exception {
        loadGenerated(0);
        DataFile lost = warehouse.files(StarSchema.SALES_DELTA).get(0);
        Path directory = file(lost).getParent();
        Files.move(directory, dir.resolve("elsewhere"));

        assertThat(balance().differences())
                .first()
                .asString()
                .contains(directory.toString())
                .endsWith("is missing");
    }

    @Test
    void findsADoubledFile() throws Exception {
        loadGenerated(0);
        DataFile one = warehouse.files(StarSchema.SALES_DELTA).get(0);
        Files.copy(file(one), file(one).resolveSibling("copy.parquet"));

        Balance balance = balance();

        assertThat(balance.count()).isEqualTo(one.rows());
        assertThat(balance.differences())
                .allSatisfy(sentence -> assertThat(sentence).endsWith("is published 2 times"));
    }

    @Test
    void findsARowThatWasChangedByHand() throws Exception {
        loadGenerated(0);
        String[] id = new String[1];
        rewrite(warehouse.files(StarSchema.SALES_DELTA).get(0), rows -> {
            id[0] = rows.get(7).text("transaction_id");
            rows.get(7).set("units", 77);
        });

        Balance balance = balance();

        assertThat(balance.count()).isEqualTo(1);
        assertThat(balance.differences()).first().asString().contains(id[0], "units \"77\"", "which is");
    }

    @Test
    void findsARowThatNoRawFileHas() throws Exception {
        loadGenerated(0);
        rewrite(warehouse.files(StarSchema.SALES_DELTA).get(0), rows -> rows.get(7)
                .set("transaction_id", "trx-forged"));

        assertThat(balance().differences())
                .anySatisfy(sentence -> assertThat(sentence).contains("trx-forged", "whose raw file does not have it"))
                .hasSize(2);
    }

    @Test
    void findsADamagedFile() throws Exception {
        loadGenerated(0);
        Path file = file(warehouse.files(StarSchema.SALES_DELTA).get(0));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 1;
        Files.write(file, bytes);

        assertThat(balance().differences())
                .anySatisfy(sentence -> assertThat(sentence).contains(file.toString(), "cannot be read to its end"));
    }

    @Test
    void findsAFileWithoutItsFooter() throws Exception {
        loadGenerated(0);
        Path file = file(warehouse.files(StarSchema.SALES_DELTA).get(0));
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 2));

        assertThat(balance().differences())
                .anySatisfy(sentence -> assertThat(sentence).contains(file.toString(), "cannot be read to its end"));
    }

    @Test
    void findsRejectedRowsThatAreGoneDoubledOrWrong() throws Exception {
        loadGenerated(0.05);
        DataFile rejected = warehouse.files(StarSchema.REJECTED_ROWS).get(0);
        rewrite(rejected, rows -> {
            rows.remove(0);
            rows.add(rows.get(0));
            rows.get(1).set("line_number", 9_999L);
        });

        assertThat(balance().differences())
                .anySatisfy(sentence -> assertThat(sentence).contains("is neither published nor rejected nor waiting"))
                .anySatisfy(sentence ->
                        assertThat(sentence).startsWith("rejected_rows has ").endsWith(" 2 times"))
                .anySatisfy(sentence -> assertThat(sentence).contains("line 9999, which the raw file does not have"));
    }

    @Test
    void findsARightSaleThatWasRejected() throws Exception {
        long number = rejectARightSale("units_out_of_range");

        assertThat(balance().differences())
                .contains(
                        "%s sales_transactions_SS_raw_1.csv line %d is rejected by units_out_of_range, but breaks no rule"
                                .formatted(GROUP_1, number));
    }

    @Test
    void believesThatADateWasOfTheFutureWhenItWasRejected() throws Exception {
        rejectARightSale("transaction_date_out_of_range");

        assertThat(balance().differences()).noneMatch(sentence -> sentence.contains("breaks no rule"));
    }

    @Test
    void salesOfTheFutureWhoseRejectedRowsAreGoneBalanceOnceTheirDateHasCome() throws Exception {
        warehouse.group("group1", LocalWarehouse.sale("trx-1", 2), LocalWarehouse.sale("trx-2", 2));
        warehouse.ingest("2023-05-01-00");
        warehouse.load();
        rewrite(warehouse.files(StarSchema.SALES_DELTA).get(0), rows -> rows.remove(0));

        assertThat(balance().differences()).isEmpty();
    }

    @Test
    void addressesThatLackPartsOrHaveJoinersBalance() throws Exception {
        String online =
                LocalWarehouse.sale("trx-1", 2).replace(",1,1,22,", ",,,22,").replace(",no,Cash", ",yes,Cash,");
        warehouse.group(
                "group1",
                online + "1 Elm/null/NY/13440",
                online.replace("trx-1", "trx-2") + "1 Elm//Unknown/-",
                online.replace("trx-1", "trx-3") + "/Rome/NY/13440",
                online.replace("trx-1", "trx-4") + "\u0645\u06CC\u200C\u0631\u0648/Rome/NY/13440",
                LocalWarehouse.sale("trx-\u200C5", 2) + ",///",
                LocalWarehouse.sale("trx-6", 2).replace(",1,1,22,", ",1,1\u200D,2\u00A02,"));
        warehouse.ingest(YESTERDAY + "-00");
        warehouse.load("-D", "q.load.max-rejected-share=1");

        Balance balance = balance();

        assertThat(balance.differences()).isEmpty();
        assertThat(balance.total().count(Fate.FACT)).isEqualTo(5);
        assertThat(balance.total().count(Fate.REJECTED)).isEqualTo(1);
    }

    /** Has a row say that a right line of the first group was rejected; gives the line's number. */
    private long rejectARightSale(String rule) throws Exception {
        loadGenerated(0.05);
        DataFile rejected = warehouse.files(StarSchema.REJECTED_ROWS).get(0);
        Path raw = rawFile();
        List<String> lines = Files.readAllLines(raw, StandardCharsets.ISO_8859_1);
        String right = lines.stream()
                .filter(line -> line.matches("20[^\"]*,no,[A-Z][^\"]*"))
                .findFirst()
                .orElseThrow();
        long number = lines.indexOf(right) + 1;
        rewrite(rejected, rows -> rows.get(0)
                .set("line_number", number)
                .set("source_file", "sales_transactions_SS_raw_1.csv")
                .set("raw_line", right)
                .set("rule_codes", List.of(rule)));
        return number;
    }

    @Test
    void findsARawFileThatWasChanged() throws Exception {
        loadGenerated(0);
        Path raw = rawFile();
        List<String> lines = new ArrayList<>(Files.readAllLines(raw));
        lines.remove(10);
        Files.write(raw, lines);

        assertThat(balance().differences())
                .singleElement()
                .asString()
                .endsWith("is published as of %s, whose raw file does not have it".formatted(GROUP_1));
    }

    private SalesTruth loadGenerated(double badShare) throws Exception {
        SalesTruth truth = new GroupGenerator(7, 300, badShare, 3).write(warehouse.landing(), 1, 3);
        for (int group = 1; group <= 3; group++) {
            ingest();
            warehouse.load("-D", "q.load.max-rejected-share=1");
        }
        return truth;
    }

    private Path rawFile() {
        return dir.resolve("q/raw/%s/00/group1/sales_transactions_SS_raw_1.csv"
                .formatted(YESTERDAY.toString().replace('-', '/')));
    }

    private void rewrite(DataFile published, Consumer<List<Row>> change) throws IOException {
        List<Row> rows = new ArrayList<>();
        ParquetRows.forEach(ParquetRows.reader(published.table(), published.path(), warehouse.conf()), rows::add);
        change.accept(rows);
        Files.delete(file(published));
        try (ParquetWriter<Row> writer = ParquetRows.writer(published.table(), published.path(), warehouse.conf())) {
            for (Row row : rows) {
                writer.write(row);
            }
        }
    }

    private static Path file(DataFile published) {
        return Path.of(published.path().toUri().getPath());
    }

    private Balance balance() throws Exception {
        return balance("0001-01-01-00", "9999-12-31-23");
    }

    private Balance balance(String from, String to) throws Exception {
        return Balance.run(warehouse.conf(), Layout.of(warehouse.conf()), warehouse.snapshot(), from, to, job -> {});
    }

    private static List<String> foldersOf(Path input) throws IOException {
        Path batch = SHARED.resolve("cases/batch");
        try (Stream<Path> files = Files.walk(input)) {
            return files.filter(file -> file.getFileName().toString().contains("transactions"))
                    .map(file -> batch.relativize(file.getParent()).toString())
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private void deliver(String source, String name) throws Exception {
        assumeTrue(Files.isDirectory(SHARED.resolve(source)), "the shared inputs are not here");
        copy(source, name);
        ingest();
        warehouse.load();
    }

    private Path copy(String source, String name) throws IOException {
        Path target = Files.createDirectories(warehouse.landing().resolve(name));
        try (Stream<Path> files = Files.list(SHARED.resolve(source))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, target.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return target;
    }

    private void ingest() throws Exception {
        warehouse.ingest("%s-%02d".formatted(YESTERDAY, hour++));
    }
}
