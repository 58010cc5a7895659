package com.qcompany.batch.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.feed.CsvRecordReaderTest.Seen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;

class CsvRecordReaderProperties {

    private static final int LIMIT = 40;

    @Property
    void anySplitsGiveTheRecordsOfTheWholeFile(
            @ForAll("files") String file, @ForAll @Size(max = 5) Set<@IntRange(min = 1, max = 120) Integer> cuts)
            throws IOException {
        int length = file.getBytes(UTF_8).length;
        List<Seen> pieces = new ArrayList<>();
        int start = 0;
        Set<Integer> ends = new TreeSet<>(cuts);
        ends.removeIf(cut -> cut >= length);
        ends.add(length);
        for (int end : ends) {
            pieces.addAll(CsvRecordReaderTest.read(file, start, end, false, LIMIT));
            start = end;
        }
        assertThat(pieces).isEqualTo(CsvRecordReaderTest.read(file, 0, Long.MAX_VALUE, false, LIMIT));
    }

    @Property
    void aStreamThatComesInDribsGivesTheSame(
            @ForAll("files") String file,
            @ForAll boolean quotedLineBreaks,
            @ForAll @IntRange(min = 1, max = 7) int piece)
            throws IOException {
        InputStream dribs = new ByteArrayInputStream(file.getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, piece));
            }
        };
        assertThat(CsvRecordReaderTest.readAll(new CsvRecordReader(dribs, 0, Long.MAX_VALUE, quotedLineBreaks, LIMIT)))
                .isEqualTo(CsvRecordReaderTest.read(file, 0, Long.MAX_VALUE, quotedLineBreaks, LIMIT));
    }

    @Property
    void nothingButLineEndsLiesBetweenRecords(@ForAll("files") String file, @ForAll boolean quotedLineBreaks)
            throws IOException {
        byte[] bytes = file.getBytes(UTF_8);
        int at = 0;
        for (Seen record : CsvRecordReaderTest.read(file, 0, Long.MAX_VALUE, quotedLineBreaks, 1000)) {
            assertThat(new String(bytes, at, (int) record.offset() - at, UTF_8)).matches("[\r\n]*");
            int recordBytes = record.text().getBytes(UTF_8).length;
            assertThat(record.text()).isEqualTo(new String(bytes, (int) record.offset(), recordBytes, UTF_8));
            at = (int) record.offset() + recordBytes;
        }
        assertThat(new String(bytes, at, bytes.length - at, UTF_8)).matches("[\r\n]*");
    }

    @Property
    void bothModesAgreeWhereNoRecordSpansLines(@ForAll("files") String file) throws IOException {
        CsvRecordReader records =
                new CsvRecordReader(new ByteArrayInputStream(file.getBytes(UTF_8)), 0, Long.MAX_VALUE, true, LIMIT);
        List<Seen> seen = new ArrayList<>();
        boolean spansLines = false;
        while (records.next()) {
            spansLines |= records.spansLines();
            seen.add(new Seen(records.offset(), records.text().text(), records.truncated()));
        }
        List<Seen> lines = CsvRecordReaderTest.read(file, 0, Long.MAX_VALUE, false, LIMIT);
        assertThat(seen.equals(lines)).isEqualTo(!spansLines);
    }

    @Property
    void aRecordOverSeveralLinesIsOneThatCommonsCsvReads(@ForAll("filesWithoutReturns") String file)
            throws IOException {
        for (Seen record : CsvRecordReaderTest.read(file, 0, Long.MAX_VALUE, true, 1000)) {
            if (record.text().contains("\n")) {
                assertThat(CSVParser.parse(new StringReader(record.text()), CSVFormat.RFC4180)
                                .getRecords())
                        .hasSize(1);
            }
        }
    }

    @Property
    void readsBackWhatCommonsCsvWrites(@ForAll @Size(min = 1, max = 6) List<@Size(min = 1, max = 4) List<String>> table)
            throws IOException {
        // A header so wide that no line below passes for a record by itself.
        StringWriter file = new StringWriter().append(",".repeat(20)).append("\r\n");
        try (CSVPrinter printer = new CSVPrinter(file, CSVFormat.RFC4180)) {
            for (List<String> row : table) {
                printer.printRecord(row);
            }
        }
        List<List<String>> found = new ArrayList<>();
        for (Seen record : CsvRecordReaderTest.read(file.toString(), 0, Long.MAX_VALUE, true, 1 << 20)) {
            found.add(new RecordText(record.text(), true).fields().orElseThrow());
        }
        assertThat(found.subList(1, found.size())).isEqualTo(table);
    }

    @Provide
    Arbitrary<String> files() {
        return Arbitraries.strings().withChars("ab,,\"\"\n\n\rä€ ").ofMaxLength(120);
    }

    @Provide
    Arbitrary<String> filesWithoutReturns() {
        return Arbitraries.strings().withChars("a,,\"\"\"\n\n ").ofMaxLength(60);
    }
}
