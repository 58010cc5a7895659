package com.qcompany.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.Report;
import com.qcompany.hive.ResultTable;
import com.qcompany.hive.ResultTable.Column;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportToolTest {

    @Test
    void printsCsvWithAllLettersWhateverTheLocale() throws Exception {
        ResultTable table = new ResultTable(List.of(new Column("name", false)), List.of(List.of("Zoë")));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        ReportTool.print(
                Report.named("top_products"),
                table,
                ReportArguments.parse(new String[] {"top_products", "--format", "csv"}),
                new PrintStream(printed, true, StandardCharsets.US_ASCII));

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("name\r\nZoë\r\n");
    }

    @Test
    void saysThatThereAreMoreRowsThanItShows() {
        ResultTable many =
                new ResultTable(List.of(new Column("name", false)), Collections.nCopies(21, List.of("Boots")));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream standardError = System.err;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(ReportTool.cut(Report.named("top_products"), many).rows())
                    .hasSize(20);
            assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("top_products has more rows than these 20");
            said.reset();
            ReportTool.cut(Report.named("top_products"), many.head(20));
            assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
        } finally {
            System.setErr(standardError);
        }
    }
}
