package com.qcompany.batch.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordScanTest {

    @Test
    void countsTheRecordsBelowTheHeader() throws IOException {
        assertThat(scan("\uFEFFa,\"b\"\r\n1,2\r\n\r\n3,\"4\"\r\n"))
                .isEqualTo(new RecordScan(List.of("a", "b"), 2, List.of(List.of("1", "2"), List.of("3", "4")), false));
    }

    @Test
    void findsQuotedLineBreaks() throws IOException {
        assertThat(scan("a,b\n1,\"2\n3\"\n"))
                .isEqualTo(new RecordScan(List.of("a", "b"), 1, List.of(List.of("1", "2\n3")), true));
        assertThat(scan("a,\"b\nc\"\n1,2\n"))
                .isEqualTo(new RecordScan(List.of("a", "b\nc"), 1, List.of(List.of("1", "2")), true));
    }

    @Test
    void countsTheRecordsOfAFileThatEndsInsideQuotes() throws IOException {
        assertThat(scan("a,b\n1,\"2\n3,4\n"))
                .isEqualTo(new RecordScan(List.of("a", "b"), 2, List.of(List.of("3", "4")), false));
    }

    @Test
    void refusesAFileWithoutARecord() {
        assertThatThrownBy(() -> scan("\n\r\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot read header of f.csv: the file is empty");
    }

    @Test
    void refusesAHeaderThatIsNoCsv() {
        assertThatThrownBy(() -> scan("a,\"b\n1,2\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot read header of f.csv: a,\"b (expected");
    }

    private static RecordScan scan(String text) throws IOException {
        return RecordScan.of(new ByteArrayInputStream(text.getBytes(UTF_8)), "f.csv", 1000);
    }
}
