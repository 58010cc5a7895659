package com.qcompany.batch.feed;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Successive CSV records of a file or of one split of it, as bytes without their line end.
 *
 * <p>A record ends at a line feed; a carriage return before it belongs to the line end. Lines without any byte are
 * skipped: they are no records. A byte order mark at offset 0 is skipped.
 *
 * <p>Line mode ({@code quotedLineBreaks} false) takes each physical line as a record, so a file can be read in splits:
 * a reader that starts above 0 skips to behind the first line feed, and a record that begins before or at the end
 * belongs to the reader. Quoted mode joins physical lines while a quote is open ({@link RecordBoundary}); such a file
 * is read from 0 as a whole. A quote that is not closed rightly within the longest allowed record opens nothing: its
 * first physical line alone is the record, which no parser accepts, and reading goes on with the next line. On files
 * in which no record spans lines both modes give the same records.
 *
 * <p>A physical line above the limit gives its first bytes, cut between characters, with {@link #truncated()}.
 * Memory: the longest record and 64 KiB. Not thread-safe. Closing closes the stream.
 */
public final class CsvRecordReader implements Closeable {

    private static final int BLOCK = 64 * 1024;
    private static final byte CARRIAGE_RETURN = '\r';

    private final InputStream in;
    private final long end;
    private final boolean quotedLineBreaks;
    private final int maxRecordBytes;
    private final RecordBoundary boundary = new RecordBoundary();

    private byte[] buffer;
    private long bufferOffset;
    private int position;
    private int limit;
    private boolean exhausted;
    private boolean restOfLinePending;
    private boolean byteOrderMarkPending;

    private int recordStart;
    private int recordLength;
    private boolean truncated;
    private boolean spansLines;
    private long unclosedQuotes;

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
        this.in = in;
        this.end = end;
        this.quotedLineBreaks = quotedLineBreaks;
        this.maxRecordBytes = maxRecordBytes;
        this.buffer = new byte[BLOCK];
        this.bufferOffset = start;
        this.restOfLinePending = start > 0;
        this.byteOrderMarkPending = start == 0;
    }

    /** Goes to the next record; false when there is none. */
    public boolean next() throws IOException {
        if (byteOrderMarkPending) {
            skipByteOrderMark();
        }
        while (true) {
            if (restOfLinePending) {
                skipRestOfLine();
            }
            if (bufferOffset + position > end || (position == limit && !fill())) {
                return false;
            }
            if (quotedLineBreaks) {
                locateQuotedRecord();
            } else {
                locateLine();
            }
            if (recordLength > 0) {
                return true;
            }
        }
    }

    /** Offset of the record's first byte in the file. */
    public long offset() {
        return bufferOffset + recordStart;
    }

    /** The array that holds the record; reused by the next call of {@link #next()}. */
    public byte[] buffer() {
        return buffer;
    }

    /** Index of the record's first byte in {@link #buffer()}. */
    public int start() {
        return recordStart;
    }

    /** Bytes of the record, at least 1. */
    public int length() {
        return recordLength;
    }

    /** Whether the record is the beginning of a line that is longer than allowed. */
    public boolean truncated() {
        return truncated;
    }

    /** Whether the record spans several physical lines. */
    public boolean spansLines() {
        return spansLines;
    }

    /** Records so far that begin a quote and never end it rightly; 0 in line mode, which does not look at quotes. */
    public long unclosedQuotes() {
        return unclosedQuotes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void locateLine() throws IOException {
        int scanned = 0;
        while (true) {
            int lineFeed = RecordBoundary.indexOfLineFeed(buffer, position + scanned, limit);
            if (lineFeed >= 0) {
                take(lineFeed, 1, false);
                return;
            }
            scanned = limit - position;
            if (scanned > maxRecordBytes + 1L) {
                takeBeginning();
                return;
            }
            if (!fill()) {
                take(limit, 0, false);
                return;
            }
        }
    }

    private void locateQuotedRecord() throws IOException {
        int scanned = 0;
        boundary.begin();
        while (true) {
            int lineFeed = boundary.scan(buffer, position + scanned, limit);
            scanned = (lineFeed >= 0 ? lineFeed : limit) - position;
            if (boundary.malformed() || scanned > maxRecordBytes + 1L) {
                takeFirstLine();
                return;
            }
            if (lineFeed >= 0) {
                take(lineFeed, 1, boundary.spansLines());
                return;
            }
            if (!fill()) {
                if (boundary.insideQuotes()) {
                    takeFirstLine();
                } else {
                    take(limit, 0, boundary.spansLines());
                }
                return;
            }
        }
    }

    private void takeFirstLine() throws IOException {
        if (boundary.insideQuotes() || boundary.spansLines()) {
            unclosedQuotes++;
        }
        locateLine();
    }

    private void take(int to, int lineEndBytes, boolean overLines) {
        int length = to - position;
        if (length > 0 && buffer[to - 1] == CARRIAGE_RETURN) {
            length--;
        }
        recordStart = position;
        truncated = length > maxRecordBytes;
        recordLength = truncated ? cutBetweenCharacters() : length;
        spansLines = overLines;
        position = to + lineEndBytes;
    }

    private void takeBeginning() {
        recordStart = position;
        recordLength = cutBetweenCharacters();
        truncated = true;
        spansLines = false;
        position += maxRecordBytes;
        restOfLinePending = true;
    }

    private int cutBetweenCharacters() {
        int length = maxRecordBytes;
        while (length > 1 && (buffer[recordStart + length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }

    private void skipRestOfLine() throws IOException {
        restOfLinePending = false;
        do {
            int lineFeed = RecordBoundary.indexOfLineFeed(buffer, position, limit);
            if (lineFeed >= 0) {
                position = lineFeed + 1;
                return;
            }
            position = limit;
        } while (fill());
    }

    private void skipByteOrderMark() throws IOException {
        byteOrderMarkPending = false;
        boolean more = true;
        while (limit < 3 && more) {
            more = fill();
        }
        if (limit >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            position = 3;
        }
    }

    /** Reads more bytes behind the unread ones; false at the end of the stream. */
    private boolean fill() throws IOException {
        if (exhausted) {
            return false;
        }
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            bufferOffset += position;
            limit -= position;
            position = 0;
        }
        if (limit == buffer.length) {
            long wanted = Math.min(2L * buffer.length, (long) maxRecordBytes + BLOCK);
            buffer = java.util.Arrays.copyOf(buffer, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            exhausted = true;
            return false;
        }
        limit += count;
        return true;
    }
}
