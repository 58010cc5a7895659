package com.qcompany.batch.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The text of a record, or where its bytes are no UTF-8 their base64 form. */
public record RecordText(String text, boolean utf8) {

    /** Decodes strictly: one wrong byte, and the whole record is base64. */
    static RecordText decode(byte[] record) {
        String text = new String(record, UTF_8);
        boolean utf8 = text.indexOf('\uFFFD') < 0 || Arrays.equals(text.getBytes(UTF_8), record);
        return new RecordText(utf8 ? text : Base64.getEncoder().encodeToString(record), utf8);
    }

    /** The record as received. */
    public byte[] bytes() {
        return utf8 ? text.getBytes(UTF_8) : Base64.getDecoder().decode(text);
    }

    /** {@code utf-8} or {@code base64}, as the table of rejected rows names it. */
    public String encoding() {
        return utf8 ? "utf-8" : "base64";
    }

    /**
     * Its fields, as commons-csv takes RFC 4180 records apart, or empty if it is not exactly one in UTF-8. One without
     * quotes and line breaks is cut at its commas, which gives the same in a fraction of the time.
     */
    Optional<List<String>> fields() {
        if (!utf8) {
            return Optional.empty();
        }
        boolean plain = text.indexOf('"') < 0 && text.indexOf('\r') < 0 && text.indexOf('\n') < 0;
        return plain ? Optional.of(List.of(text.split(",", -1))) : quoted();
    }

    /** Before 1.10, which clusters may put before ours, commons-csv reports malformed text by IllegalStateException. */
    private Optional<List<String>> quoted() {
        try (CSVParser parser = CSVParser.parse(text + "\n", CSVFormat.RFC4180)) {
            List<CSVRecord> records = parser.getRecords();
            return records.size() == 1 ? Optional.of(records.get(0).toList()) : Optional.empty();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
