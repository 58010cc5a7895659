package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.ResultTable.Column;
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
                new DailyDump(OutputDirectory.local(directory.resolve("new")), Optional.empty()).write(DAY, ROWS));

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
                .write(DAY, ROWS);

        assertThat(receipts.resolve("agent_product_units_2024-07-04.csv.receipt"))
                .content()
                .isEqualTo("file: %s\nrows: 1\nbytes: 78\nsha256: %s\n"
                        .formatted(file, "22358ad3eff11f884db5b82fadb0a155404feaf66655a4ec9fb1eb4bc0a76495"));
    }

    @Test
    void writesAHeaderForADayWithoutSales() throws IOException {
        Path file = Path.of(
                new DailyDump(OutputDirectory.local(directory), Optional.empty()).write(DAY, DailyDump.empty()));

        assertThat(Files.readString(file)).isEqualTo("sales_agent_name,product_name,total_sold_units\r\n");
    }

    @Test
    void writesTheSameBytesAgainOverWhatAKilledRunLeft() throws IOException {
        DailyDump dump = new DailyDump(OutputDirectory.local(directory), Optional.empty());
        Path file = Path.of(dump.write(DAY, ROWS));
        byte[] first = Files.readAllBytes(file);
        Files.writeString(file, "half");
        Files.writeString(
                directory.resolve("." + file.getFileName() + ".tmp"), "longer than the whole file ".repeat(20));

        dump.write(DAY, ROWS);

        assertThat(file).hasBinaryContent(first);
        assertThat(directory.resolve("." + file.getFileName() + ".tmp")).doesNotExist();
    }
}
