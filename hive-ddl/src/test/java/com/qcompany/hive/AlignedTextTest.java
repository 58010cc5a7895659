package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.ResultTable.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignedTextTest {

    @Test
    void alignsNumbersRightAndTextLeft() {
        ResultTable table = new ResultTable(
                List.of(new Column("name", false), new Column("units", true), new Column("city", false)),
                List.of(List.of("Zoë", "5", "Rome"), List.of("Ann Lee", "1234567", "")));

        assertThat(AlignedText.of(table).lines())
                .containsExactly(
                        "name       units  city",
                        "-------  -------  ----",
                        "Zoë            5  Rome",
                        "Ann Lee  1234567");
    }

    @Test
    void aRowIsALineWhateverItsTextsHold() {
        ResultTable table = new ResultTable(
                List.of(new Column("name", false), new Column("units", true)),
                List.of(List.of("Line\r\nbreak\u2028and\ttab", "5")));

        assertThat(AlignedText.of(table).lines())
                .containsExactly("name                units", "------------------  -----", "Line break and tab      5");
    }
}
