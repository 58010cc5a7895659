package com.qcompany.batch.feed;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a whole CSV file holds, found in one pass that reads the stream to its end; give it a stream that copies or
 * digests what is read through it. Records are counted as {@link CsvRecordReader} gives them, so a load that uses the
 * same longest record sees as many, whether it reads the file whole or in splits.
 *
 * @param header column names as received, without a byte order mark
 * @param rows records below the header; lines without any byte are none
 * @param sample fields of the first records below the header
 * @param quotedLineBreaks whether some record spans several lines, so that the file cannot be split by lines
 */
public record RecordScan(List<String> header, long rows, List<List<String>> sample, boolean quotedLineBreaks) {

    /** Records that are kept; few, as each may be as long as a record can be. */
    private static final int MAX_SAMPLE = 20;

    public RecordScan {
        header = List.copyOf(header);
        sample = List.copyOf(sample);
    }

    /**
     * Scans a file; the stream is not closed.
     *
     * @param in the file from its beginning
     * @param file name for messages
     * @throws IllegalArgumentException if the file has no record, or its first is no UTF-8 or no CSV
     */
    public static RecordScan of(InputStream in, String file, int maxRecordBytes) throws IOException {
        CsvRecordReader records = new CsvRecordReader(in, 0, Long.MAX_VALUE, true, maxRecordBytes);
        if (!records.next()) {
            throw new IllegalArgumentException("Cannot read header of %s: the file is empty".formatted(file));
        }
        List<String> header = header(records, file);
        boolean quotedLineBreaks = records.spansLines();
        long rows = 0;
        List<List<String>> sample = new ArrayList<>();
        while (records.next()) {
            rows++;
            if (rows <= MAX_SAMPLE && !records.truncated()) {
                records.text().fields().ifPresent(sample::add);
            }
            quotedLineBreaks |= records.spansLines();
        }
        return new RecordScan(header, rows, sample, quotedLineBreaks);
    }

    private static List<String> header(CsvRecordReader records, String file) {
        RecordText text = records.text();
        return Optional.of(text)
                .filter(any -> !records.truncated())
                .flatMap(RecordText::fields)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot read header of %s: %s (expected one RFC 4180 record in UTF-8)"
                                .formatted(file, RowDraft.beginning(text.text()))));
    }
}
