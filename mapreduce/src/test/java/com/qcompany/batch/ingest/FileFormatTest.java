package com.qcompany.batch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileFormatTest {

    private static final String TEXT = "branch_id,location,establish_date,class\r\n1,New York,2017-01-15,A\r\n";

    @ParameterizedTest
    @CsvSource({
        "UTF-16, UTF-16",
        "UTF-16LE, UTF-16",
        "UTF-16BE, UTF-16",
        "x-UTF-16LE-BOM, UTF-16",
        "UTF-32, UTF-32",
        "UTF-32LE, UTF-32",
        "UTF-32BE, UTF-32",
        "X-UTF-32LE-BOM, UTF-32",
        "X-UTF-32BE-BOM, UTF-32"
    })
    void recognisesTextInOtherEncodingsWithAndWithoutAMark(String charset, String named) {
        refuses(TEXT.getBytes(Charset.forName(charset)), "it is text in " + named);
    }

    @Test
    void recognisesArchivesAndOtherFiles() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(TEXT.getBytes(StandardCharsets.UTF_8));
        }
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("branches.csv"));
            out.write(TEXT.getBytes(StandardCharsets.UTF_8));
        }

        refuses(gzip.toByteArray(), "it is compressed with gzip");
        refuses(zip.toByteArray(), "it is a zip archive or an Excel workbook");
        refuses("PAR1\u0015\u0004".getBytes(StandardCharsets.UTF_8), "it is a Parquet file");
        refuses("a\u0000b\u0001,,,,,".getBytes(StandardCharsets.UTF_8), "it is binary");
        refuses(new byte[0], "it is empty");
    }

    @ParameterizedTest
    @CsvSource({"';', semicolons", "'\t', tabs", "'|', vertical bars"})
    void recognisesOtherSeparators(String separator, String named) {
        refuses(
                TEXT.replace(",", separator).getBytes(StandardCharsets.UTF_8),
                "its columns are separated by " + named + " (expected commas)");
    }

    @Test
    void acceptsTrailingCommasInHeaderAndLines() throws IOException {
        String text = "branch_id,location,establish_date,class,,\r\n1,New York,2017-01-15,A,,\r\n";

        assertThat(inspect(text.getBytes(StandardCharsets.UTF_8)).rows()).isEqualTo(1);
    }

    private static void refuses(byte[] content, String why) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> inspect(content))
                .withMessageStartingWith("Cannot read landing/branches.csv: ")
                .withMessageContaining(why)
                .withMessageContaining("(expected ");
    }

    private static FileRecord inspect(byte[] content) throws IOException {
        return new FileInspection(1 << 20)
                .of(
                        Warehouse.CATALOG.feed("branches"),
                        "landing/branches.csv",
                        "branches.csv",
                        new ByteArrayInputStream(content));
    }
}
