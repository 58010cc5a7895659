package com.qcompany.batch.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.warehouse.contract.ContractText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Whatever bytes a file of sales or a contract has. CONTRIBUTING.md says how to search for more of them. */
class FeedFuzzTest {

    private static final int LONGEST_RECORD = 1_000;
    private static final Feed SALES = FeedCatalog.bundled().feed("sales_transactions");
    private static final FeedParser PARSER = new FeedParser(
            FeedHeader.bind(SALES, "sales.csv", List.of(SalesLines.HEADER.split(","))), (table, key) -> true);

    @FuzzTest
    void everyByteOfAFileIsInARecordOrALineEnd(byte[] file) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (CsvRecordReader records =
                new CsvRecordReader(new ByteArrayInputStream(file), 0, Long.MAX_VALUE, true, LONGEST_RECORD)) {
            while (records.next()) {
                if (records.truncated()) {
                    return;
                }
                if (PARSER.parse(records) instanceof Rejected rejected) {
                    assertThat(rejected.codes()).isNotEmpty();
                    assertThat(rejected.message()).isNotBlank();
                }
                RecordText text = records.text();
                read.writeBytes(
                        text.utf8()
                                ? text.text().getBytes(UTF_8)
                                : java.util.Base64.getDecoder().decode(text.text()));
            }
        }
        assertThat(withoutLineEnds(read.toByteArray())).isEqualTo(withoutLineEnds(withoutMark(file)));
    }

    @FuzzTest
    void aContractIsReadOrRefusedInASentence(byte[] contract) {
        try {
            assertThat(Feed.read(new ContractText("fuzzed.yaml", new String(contract, UTF_8)))
                            .name())
                    .isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("Cannot load feed from fuzzed.yaml: ");
        }
    }

    private static byte[] withoutMark(byte[] file) {
        byte[] mark = "\uFEFF".getBytes(UTF_8);
        return file.length >= mark.length && Arrays.equals(file, 0, mark.length, mark, 0, mark.length)
                ? Arrays.copyOfRange(file, mark.length, file.length)
                : file;
    }

    private static byte[] withoutLineEnds(byte[] bytes) {
        ByteArrayOutputStream others = new ByteArrayOutputStream();
        for (byte next : bytes) {
            if (next != '\n' && next != '\r') {
                others.write(next);
            }
        }
        return others.toByteArray();
    }
}
