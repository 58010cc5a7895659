package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.hive.ResultTable.Column;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyDumpTest {

    private static final LocalDate DAY = LocalDate.of(2024, 7, 4);
    private static final ResultTable ROWS = new ResultTable(
            List.of(
                    new Column("sales_agent_name", false),
                    new Column("product_name", false),
                    new Column("total_sold_units", true)),
            List.of(List.of("=HYPERLINK(\"x\")", "Boots", "7")));

    @TempDir
    Path directory;

    @Test
    void writesTheFileAndItsDigestAndNothingElse() throws IOException {
        Path file = Path.of(
                new DailyDump(OutputDirectory.local(directory.resolve("new")), Optional.empty()).issue(DAY, ROWS));

        assertThat(file).hasFileName("agent_product_units_2024-07-04.csv");
        assertThat(Files.readString(file))
                .isEqualTo("sales_agent_name,product_name,total_sold_units\r\n\"'=HYPERLINK(\"\"x\"\")\",Boots,7\r\n");
        assertThat(Files.readString(file.resolveSibling(file.getFileName() + ".sha256")))
                .isEqualTo("22358ad3eff11f884db5b82fadb0a155404feaf66655a4ec9fb1eb4bc0a76495 "
                        + " agent_product_units_2024-07-04.csv\n");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void writesAReceiptOfWhatWasDelivered() throws IOException {
        Path receipts = directory.resolve("receipts");
        String file = new DailyDump(OutputDirectory.local(directory), Optional.of(OutputDirectory.local(receipts)))
                .issue(DAY, ROWS);

        assertThat(receipts.resolve("agent_product_units_2024-07-04.csv.receipt"))
                .content()
                .isEqualTo("file: %s\nrows: 1\nbytes: 78\nsha256: %s\n"
                        .formatted(file, "22358ad3eff11f884db5b82fadb0a155404feaf66655a4ec9fb1eb4bc0a76495"));
    }

    @Test
    void writesAHeaderForADayWithoutSales() throws IOException {
        Path file = Path.of(
                new DailyDump(OutputDirectory.local(directory), Optional.empty()).issue(DAY, DailyDump.empty()));

        assertThat(Files.readString(file)).isEqualTo("sales_agent_name,product_name,total_sold_units\r\n");
    }

    @Test
    void writesTheSameBytesAgainOverWhatAKilledRunLeft() throws IOException {
        DailyDump dump = new DailyDump(OutputDirectory.local(directory), Optional.empty());
        Path file = Path.of(dump.issue(DAY, ROWS));
        byte[] first = Files.readAllBytes(file);
        Files.writeString(file, "half");
        Files.delete(Path.of(file + ".sha256"));
        Files.writeString(
                directory.resolve("." + file.getFileName() + ".tmp"), "longer than the whole file ".repeat(20));

        dump.issue(DAY, ROWS);

        assertThat(file).hasBinaryContent(first);
        assertThat(directory.resolve("." + file.getFileName() + ".tmp")).doesNotExist();
    }

    @Test
    void issuesChangedFiguresAsANewVersionWithWhatChanged() throws IOException {
        DailyDump dump = dump();
        Path first = Path.of(dump.issue(DAY, table(List.of("Ann", "Boots", "7"), List.of("Ann", "Mug", "1"))));
        byte[] before = Files.readAllBytes(first);
        ResultTable corrected = table(List.of("Ann", "Boots", "5"), List.of("Bob, B", "Mug", "2"));

        Path second = Path.of(dump.issue(DAY, corrected));

        assertThat(second).hasFileName("agent_product_units_2024-07-04-v2.csv").exists();
        assertThat(Path.of(second + ".sha256")).exists();
        assertThat(directory.resolve("agent_product_units_2024-07-04-v2.changes.csv"))
                .hasContent("sales_agent_name,product_name,units_before,units_now\r\n"
                        + "Ann,Boots,7,5\r\nAnn,Mug,1,\r\n\"Bob, B\",Mug,,2\r\n");
        assertThat(first).hasBinaryContent(before);
        assertThat(dump.issue(DAY, corrected)).isEqualTo(second.toString());
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(5);
        }
        assertThat(Path.of(dump.issue(DAY, DailyDump.empty()))).hasFileName("agent_product_units_2024-07-04-v3.csv");
    }

    @Test
    void knowsByItsReceiptWhatThePartnerTookAway() throws IOException {
        Path receipts = directory.resolve("receipts");
        Path out = directory.resolve("out");
        DailyDump dump = new DailyDump(OutputDirectory.local(out), Optional.of(OutputDirectory.local(receipts)));
        Path first = Path.of(dump.issue(DAY, ROWS));
        Files.delete(first);
        Files.delete(Path.of(first + ".sha256"));

        dump.issue(DAY, ROWS);
        assertThat(out).isEmptyDirectory();

        assertThat(Path.of(dump.issue(DAY, DailyDump.empty()))).hasFileName("agent_product_units_2024-07-04-v2.csv");
        assertThat(out.resolve("agent_product_units_2024-07-04-v2.changes.csv"))
                .as("nobody can say what changed")
                .doesNotExist();
        assertThat(receipts.resolve("agent_product_units_2024-07-04-v2.csv.receipt"))
                .exists();
    }

    @Test
    void knowsADirectoryHoweverItIsWritten() throws IOException {
        Path receipts = directory.resolve("receipts");
        for (String spelling : List.of("out", "./out", "other/../out")) {
            Path out = directory.resolve(spelling);
            Files.createDirectories(directory.resolve("other"));
            Path issued =
                    Path.of(new DailyDump(OutputDirectory.local(out), Optional.of(OutputDirectory.local(receipts)))
                            .issue(DAY, ROWS));
            Files.deleteIfExists(issued);
            Files.deleteIfExists(Path.of(issued + ".sha256"));
        }

        assertThat(directory.resolve("out")).isEmptyDirectory();
    }

    @Test
    void refusesReceiptsOfWhatWentElsewhere() throws IOException {
        Optional<OutputDirectory> receipts = Optional.of(OutputDirectory.local(directory.resolve("receipts")));
        new DailyDump(OutputDirectory.local(directory.resolve("one")), receipts).issue(DAY, ROWS);
        DailyDump other = new DailyDump(OutputDirectory.local(directory.resolve("other")), receipts);

        assertThatThrownBy(() -> other.issue(DAY, ROWS))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is of a file elsewhere");
    }

    private DailyDump dump() {
        return new DailyDump(OutputDirectory.local(directory), Optional.empty());
    }

    @SafeVarargs
    private static ResultTable table(List<String>... rows) {
        return new ResultTable(ROWS.columns(), List.of(rows));
    }
}
