package com.qcompany.batch.feed;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes one record at a time apart into its fields, as commons-csv does it for RFC 4180.
 *
 * <p>A record without quotes and line breaks is cut at its commas, which gives what commons-csv gives. Any other goes
 * through one long-lived commons-csv parser, fed record by record. Not thread-safe.
 */
final class CsvFields {

    private String source = "";
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private int count;
    private @Nullable CSVRecord quoted;
    private final RecordFeed feed = new RecordFeed();
    private @Nullable Iterator<CSVRecord> parser;

    /** Takes a record apart; false if it is not exactly one RFC 4180 record. */
    boolean split(String text) {
        source = text;
        quoted = null;
        count = 0;
        int length = text.length();
        int start = 0;
        for (int i = 0; i < length; i++) {
            char next = text.charAt(i);
            if (next == ',') {
                add(start, i);
                start = i + 1;
            } else if (next == '"' || next == '\r' || next == '\n') {
                return splitQuoted(text);
            }
        }
        add(start, length);
        return true;
    }

    /** Takes over the fields of a record that was taken apart elsewhere. */
    void take(CSVRecord record) {
        quoted = record;
        count = record.size();
    }

    /** Number of fields. */
    int count() {
        return count;
    }

    /** A text of which a field is a part. */
    String text(int field) {
        return quoted == null ? source : quoted.get(field);
    }

    /** Index in {@link #text} at which a field begins. */
    int start(int field) {
        return quoted == null ? starts[field] : 0;
    }

    /** Index in {@link #text} behind a field. */
    int end(int field) {
        return quoted == null ? ends[field] : quoted.get(field).length();
    }

    /** A field's own text. */
    String field(int field) {
        return quoted == null ? source.substring(starts[field], ends[field]) : quoted.get(field);
    }

    private void add(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = start;
        ends[count] = end;
        count++;
    }

    /**
     * The record is followed by an empty one: where that begins tells whether the parser took the whole text for one
     * record. A parser that did not is in an unknown place and is given up. Before 1.10, which clusters may put before
     * ours, commons-csv reports malformed text by IllegalStateException.
     */
    private boolean splitQuoted(String text) {
        feed.offer(text);
        try {
            Iterator<CSVRecord> records = parser == null ? newParser() : parser;
            parser = null;
            CSVRecord record = records.next();
            CSVRecord behind = records.next();
            if (behind.getCharacterPosition() - record.getCharacterPosition() != text.length() + 1L) {
                return false;
            }
            parser = records;
            take(record);
            return true;
        } catch (UncheckedIOException | IllegalStateException | NoSuchElementException e) {
            return false;
        }
    }

    private Iterator<CSVRecord> newParser() {
        try {
            return CSVParser.parse(feed, CSVFormat.RFC4180).iterator();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start a CSV parser", e);
        }
    }

    /** Hands out the offered record and two line feeds, and then the end of the stream until the next offer. */
    private static final class RecordFeed extends Reader {

        private String text = "";
        private int at;
        private int length;

        void offer(String record) {
            text = record;
            at = 0;
            length = record.length() + 2;
        }

        @Override
        public int read(char[] target, int offset, int wanted) {
            if (at == length) {
                return -1;
            }
            int available = Math.min(wanted, length - at);
            int ofText = Math.max(0, Math.min(available, text.length() - at));
            text.getChars(Math.min(at, text.length()), Math.min(at, text.length()) + ofText, target, offset);
            Arrays.fill(target, offset + ofText, offset + available, '\n');
            at += available;
            return available;
        }

        @Override
        public void close() {}
    }
}
