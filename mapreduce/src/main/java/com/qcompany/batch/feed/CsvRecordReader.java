package com.qcompany.batch.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;
import org.jspecify.annotations.Nullable;

/**
 * Successive CSV records of a file or of one split of it, without their line end.
 *
 * <p>A record ends at a line feed; a carriage return before it belongs to the line end. Lines without any byte are
 * skipped: they are no records. A byte order mark at offset 0 is skipped.
 *
 * <p>Line mode ({@code quotedLineBreaks} false) takes each physical line as a record, so a file can be read in splits:
 * a reader that starts above 0 skips to after the first line feed, and a record that begins before or at the end
 * belongs to the reader. Quoted mode joins physical lines while a quote is open; such a file is read from 0 as a whole.
 * A quote opens nothing if the joined lines are no record of at most the longest length, or if the first and another of
 * them are records by themselves, by their number of commas: two stray quotes join no sales, nor what is cut beside them.
 * The first physical line alone is then the record, which no parser accepts, and reading goes on with the next line. On
 * files in which no record spans lines both modes give the same records.
 *
 * <p>A physical line above the limit gives its first bytes, cut between characters, with {@link #truncated()}.
 * Memory: the longest record and 64 KiB; a physical line has at most 2 GiB. Not thread-safe. Closing closes the stream.
 */
public final class CsvRecordReader implements Closeable {

    private static final byte[] LINE_FEED = {'\n'};
    private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(UTF_8);
    private static final int BLOCK = 64 * 1024;

    /** A physical line without its line feed, or its beginning where it is too long; lines are numbered from 1. */
    private record Line(long number, long offset, byte[] bytes, boolean whole) {

        int count(char sign) {
            int count = 0;
            for (byte next : bytes) {
                count += next == sign ? 1 : 0;
            }
            return count;
        }
    }

    private final LineReader lines;
    private final long end;
    private final boolean quotedLineBreaks;
    private final int maxRecordBytes;
    private final Text buffer = new Text();
    private final Deque<Line> putBack = new ArrayDeque<>();

    private long position;
    private long linesRead;
    private Line record = new Line(0, 0, new byte[0], true);
    private boolean spansLines;
    private int commasOfHeader = -1;

    /**
     * @param in the bytes from {@code start} on
     * @param start offset in the file of the stream's first byte
     * @param end offset after the split; {@link Long#MAX_VALUE} for the rest of the file
     * @param quotedLineBreaks whether records may span lines; such a file cannot be split
     * @param maxRecordBytes longest record, at least 1
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
        this.lines = new LineReader(in, BLOCK, LINE_FEED);
        this.position = start;
        this.end = end;
        this.quotedLineBreaks = quotedLineBreaks;
        this.maxRecordBytes = maxRecordBytes;
    }

    /** Goes to the next record; false when there is none. */
    public boolean next() throws IOException {
        for (Line line = nextLine(); line != null && line.offset() <= end; line = nextLine()) {
            Line joined = quotedLineBreaks && line.count('"') > 0 ? joined(line) : line;
            spansLines = joined != line;
            record = trimmed(joined);
            if (record.bytes().length > 0) {
                commasOfHeader = commasOfHeader < 0 ? record.count(',') : commasOfHeader;
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

    /** The record, at least one byte. */
    public RecordText text() {
        return RecordText.decode(record.bytes());
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

    private @Nullable Line nextLine() throws IOException {
        if (!putBack.isEmpty()) {
            return putBack.pop();
        }
        if (linesRead == 0 && position > 0) {
            position += lines.readLine(buffer, 0);
        }
        // So much more than a record tells a line that is too long, and holds its carriage return.
        int longest = (int) Math.min(maxRecordBytes + BYTE_ORDER_MARK.length + 2L, Integer.MAX_VALUE - 8);
        int consumed = lines.readLine(buffer, longest);
        if (consumed == 0) {
            return null;
        }
        byte[] bytes = buffer.copyBytes();
        int mark = BYTE_ORDER_MARK.length;
        boolean marked =
                position == 0 && Arrays.equals(bytes, 0, Math.min(mark, bytes.length), BYTE_ORDER_MARK, 0, mark);
        int start = marked ? mark : 0;
        Line line = new Line(
                ++linesRead,
                position + start,
                Arrays.copyOfRange(bytes, start, bytes.length),
                consumed - buffer.getLength() <= 1);
        position += consumed;
        return line;
    }

    /** A line without its carriage return; one that is too long is cut between characters. */
    private Line trimmed(Line line) {
        byte[] bytes = line.bytes();
        int length = bytes.length;
        if (line.whole() && length > 0 && bytes[length - 1] == '\r') {
            length--;
        }
        boolean whole = line.whole() && length <= maxRecordBytes;
        if (!whole) {
            length = maxRecordBytes;
            while (length > 1 && (bytes[length] & 0xC0) == 0x80) {
                length--;
            }
        }
        return new Line(line.number(), line.offset(), Arrays.copyOf(bytes, length), whole);
    }

    /** The record that a line begins: itself, or joined with the lines that its open quote takes in. */
    private Line joined(Line first) throws IOException {
        Deque<Line> parts = new ArrayDeque<>(List.of(first));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(first.bytes());
        boolean quoted = isQuoteOpen(first.bytes(), false);
        while (quoted && parts.getLast().whole() && bytes.size() <= maxRecordBytes) {
            Line next = nextLine();
            if (next == null) {
                break;
            }
            parts.add(next);
            bytes.writeBytes(LINE_FEED);
            bytes.writeBytes(next.bytes());
            quoted = isQuoteOpen(next.bytes(), true);
        }
        if (parts.size() > 1
                && !quoted
                && parts.getLast().whole()
                && bytes.size() <= maxRecordBytes
                && !areRecords(parts)
                && new RecordText(bytes.toString(UTF_8), true).fields().isPresent()) {
            return new Line(first.number(), first.offset(), bytes.toByteArray(), true);
        }
        while (parts.size() > 1) {
            putBack.push(parts.removeLast());
        }
        return first;
    }

    /** Whether a quote is open after a line: it opens at the start of a field, and a doubled one is opened again. */
    private static boolean isQuoteOpen(byte[] line, boolean openBefore) {
        boolean open = openBefore;
        int closed = -2;
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '"') {
                closed = open ? i : closed;
                open = !open && (i == 0 || line[i - 1] == ',' || closed == i - 1);
            }
        }
        return open;
    }

    /** Whether the first line and another have about as many commas as the header: trailing optional fields may be left out. */
    private boolean areRecords(Deque<Line> parts) {
        int fewest = commasOfHeader - commasOfHeader / 10;
        return commasOfHeader > 0
                && parts.getFirst().count(',') >= fewest
                && parts.stream().skip(1).anyMatch(line -> line.count(',') >= fewest);
    }
}
