package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.ResultTable.Column;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTest {

    private static final List<Column> COLUMNS = List.of(new Column("name", false), new Column("units", true));

    @Test
    void writesAHeaderOfAnEmptyTable() {
        assertThat(csv(List.of())).isEqualTo("name,units\r\n");
    }

    @Test
    void quotesOnlyCellsThatNeedIt() {
        assertThat(csv(List.of(
                        List.of("a,b", "1"), List.of("say \"c\"", "2"), List.of("d\r\ne", ""), List.of("é", "3"))))
                .isEqualTo("name,units\r\n\"a,b\",1\r\n\"say \"\"c\"\"\",2\r\n\"d\r\ne\",\r\né,3\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"})
    void defusesTextThatASpreadsheetWouldCompute(String text) {
        assertThat(CsvText.defused(text)).isEqualTo("'" + text);
    }

    @Test
    void leavesNumbersAndOtherTextAlone() {
        assertThat(csv(List.of(List.of("a=b", "-5")))).isEqualTo("name,units\r\na=b,-5\r\n");
    }

    @Test
    void writesAsSpreadsheetsOfOtherCountriesExpect() {
        ResultTable table = new ResultTable(COLUMNS, List.of(List.of("a;b, 1.5", "1234.50")));

        assertThat(new String(new CsvText(true, true).bytes(table), StandardCharsets.UTF_8))
                .isEqualTo("\uFEFFname;units\r\n\"a;b, 1.5\";1234,50\r\n");
    }

    private static String csv(List<List<String>> rows) {
        return new String(CsvText.PLAIN.bytes(new ResultTable(COLUMNS, rows)), StandardCharsets.UTF_8);
    }
}
