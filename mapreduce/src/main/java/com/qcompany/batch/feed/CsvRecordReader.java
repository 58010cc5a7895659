package com.qcompany.batch.feed;

import com.qcompany.batch.feed.PhysicalLines.Line;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Successive CSV records of a file or of one split of it, as bytes without their line end.
 *
 * <p>A record ends at a line feed; a carriage return before it belongs to the line end. Lines without any byte are
 * skipped: they are no records. A byte order mark at offset 0 is skipped.
 *
 * <p>Line mode ({@code quotedLineBreaks} false) takes each physical line as a record, so a file can be read in splits:
 * a reader that starts above 0 skips to behind the first line feed, and a record that begins before or at the end
 * belongs to the reader. Quoted mode joins physical lines while a quote is open ({@link QuoteState}); such a file is
 * read from 0 as a whole. A quote opens nothing if it is not closed rightly within the longest allowed record, or if
 * every line that it would join is a record by itself, by its number of commas: two stray quotes join no sales. Its
 * first physical line alone is then the record, which no parser accepts, and reading goes on with the next line. On
 * files in which no record spans lines both modes give the same records.
 *
 * <p>A physical line above the limit gives its first bytes, cut between characters, with {@link #truncated()}.
 * Memory: the longest record and 64 KiB; a physical line has at most 2 GiB. Not thread-safe. Closing closes the stream.
 */
public final class CsvRecordReader implements Closeable {

    private final PhysicalLines lines;
    private final long end;
    private final boolean quotedLineBreaks;
    private final int maxRecordBytes;

    private Line record = new Line(0, 0, new byte[0], true);
    private int length;
    private boolean spansLines;
    private int commasOfHeader = -1;

    /**
     * @param in the bytes from {@code start} on
     * @param start offset in the file of the stream's first byte
     * @param end offset behind the split; {@link Long#MAX_VALUE} for the rest of the file
     * @param quotedLineBreaks whether records may span lines; such a file cannot be split
     * @param maxRecordBytes longest record
     */
    public CsvRecordReader(InputStream in, long start, long end, boolean quotedLineBreaks, int maxRecordBytes) {
        if (start < 0 || end < start || (quotedLineBreaks && start != 0)) {
            throw new IllegalArgumentException(
                    "Cannot read records of bytes %d to %d, quoted line breaks %s (expected 0 <= start <= end, start 0 with quoted line breaks)"
                            .formatted(start, end, quotedLineBreaks));
        }
        if (maxRecordBytes < 1) {
            throw new IllegalArgumentException(
                    "Cannot limit records to %d bytes (expected at least 1)".formatted(maxRecordBytes));
        }
        this.end = end;
        this.quotedLineBreaks = quotedLineBreaks;
        this.maxRecordBytes = maxRecordBytes;
        // One byte more tells a line that is too long, another one holds its carriage return.
        this.lines = new PhysicalLines(in, start, (int) Math.min(maxRecordBytes + 2L, Integer.MAX_VALUE - 8));
    }

    /** Goes to the next record; false when there is none. */
    public boolean next() throws IOException {
        for (Line line = lines.next(); line != null && line.offset() <= end; line = lines.next()) {
            spansLines = false;
            take(quotedLineBreaks && count('"', line.bytes()) > 0 ? joined(line) : line);
            if (length > 0) {
                commasOfHeader = commasOfHeader < 0 ? count(',', record.bytes()) : commasOfHeader;
                return true;
            }
        }
        return false;
    }

    /** Offset of the record's first byte in the file. */
    public long offset() {
        return record.offset();
    }

    /** Number from 1 of the record's first physical line among those that begin in what is read. */
    public long line() {
        return record.number();
    }

    /** The array that holds the record. */
    public byte[] buffer() {
        return record.bytes();
    }

    /** Index of the record's first byte in {@link #buffer()}. */
    public int start() {
        return 0;
    }

    /** Bytes of the record, at least 1. */
    public int length() {
        return length;
    }

    /** Whether the record is the beginning of a line that is longer than allowed. */
    public boolean truncated() {
        return !record.whole();
    }

    /** Whether the record spans several physical lines. */
    public boolean spansLines() {
        return spansLines;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private void take(Line line) {
        byte[] bytes = line.bytes();
        int carriageReturn = line.whole() && bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? 1 : 0;
        length = bytes.length - carriageReturn;
        boolean whole = line.whole() && length <= maxRecordBytes;
        if (!whole) {
            length = maxRecordBytes;
            while (length > 1 && (bytes[length] & 0xC0) == 0x80) {
                length--;
            }
        }
        record = new Line(line.number(), line.offset(), bytes, whole);
    }

    /** The record that a line begins: itself, or joined with the lines that its open quote takes in. */
    private Line joined(Line first) throws IOException {
        List<Line> parts = new ArrayList<>(List.of(first));
        QuoteState state = QuoteState.FIELD_START.after(first.bytes());
        long size = first.bytes().length;
        boolean whole = first.whole();
        while (whole && state == QuoteState.QUOTED && size <= maxRecordBytes) {
            Line next = lines.next();
            if (next == null) {
                break;
            }
            parts.add(next);
            size += 1 + next.bytes().length;
            whole = next.whole();
            state = state.after(next.bytes());
        }
        if (parts.size() > 1 && whole && size <= maxRecordBytes && state.closed() && !areRecords(parts)) {
            spansLines = true;
            return join(parts);
        }
        for (int i = parts.size() - 1; i > 0; i--) {
            lines.putBack(parts.get(i));
        }
        return first;
    }

    /** Whether every line has about as many commas as the header: trailing optional fields may be left out. */
    private boolean areRecords(List<Line> parts) {
        int fewest = commasOfHeader - commasOfHeader / 10;
        return commasOfHeader > 0 && parts.stream().allMatch(line -> count(',', line.bytes()) >= fewest);
    }

    private static Line join(List<Line> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(parts.get(0).bytes());
        for (Line part : parts.subList(1, parts.size())) {
            bytes.write('\n');
            bytes.writeBytes(part.bytes());
        }
        return new Line(parts.get(0).number(), parts.get(0).offset(), bytes.toByteArray(), true);
    }

    private static int count(char sign, byte[] bytes) {
        int count = 0;
        for (byte next : bytes) {
            count += next == sign ? 1 : 0;
        }
        return count;
    }
}
