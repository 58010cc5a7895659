package com.qcompany.batch.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Takes one record apart into its fields, as commons-csv does it for RFC 4180. A record without quotes and line breaks
 * is cut at its commas, which gives the same in a fraction of the time.
 */
final class CsvFields {

    private CsvFields() {}

    /** The fields of a record, or empty if the text is not exactly one RFC 4180 record. */
    static Optional<List<String>> of(String record) {
        boolean plain = record.indexOf('"') < 0 && record.indexOf('\r') < 0 && record.indexOf('\n') < 0;
        return plain ? Optional.of(List.of(record.split(",", -1))) : quoted(record);
    }

    /** Before 1.10, which clusters may put before ours, commons-csv reports malformed text by IllegalStateException. */
    private static Optional<List<String>> quoted(String record) {
        try (CSVParser parser = CSVParser.parse(record + "\n", CSVFormat.RFC4180)) {
            List<CSVRecord> records = parser.getRecords();
            return records.size() == 1 ? Optional.of(records.get(0).toList()) : Optional.empty();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
