package com.qcompany.batch.feed;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;
import org.jspecify.annotations.Nullable;

/** The lines of a file from an offset on, ended by line feeds; lines can be put back. A byte order mark is left out. */
final class PhysicalLines implements Closeable {

    private static final byte[] LINE_FEED = {'\n'};
    private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);
    private static final int BLOCK = 64 * 1024;

    /**
     * A line.
     *
     * @param number number from 1
     * @param offset offset of its first byte in the file
     * @param bytes its bytes without the line feed, or as many as were asked for
     * @param whole whether these are all of them
     */
    record Line(long number, long offset, byte[] bytes, boolean whole) {}

    private final InputStream in;
    private final int longest;
    private final Text text = new Text();
    private final Deque<Line> putBack = new ArrayDeque<>();
    private @Nullable LineReader lines;
    private long position;
    private long read;

    /**
     * @param start offset of the stream's first byte; above 0 the first line, or its end, is left out
     * @param longest longest part of a line that is kept, in bytes
     */
    PhysicalLines(InputStream in, long start, int longest) {
        this.in = in;
        this.position = start;
        this.longest = longest;
    }

    /** The next line; null at the end of the file. */
    @Nullable
    Line next() throws IOException {
        if (!putBack.isEmpty()) {
            return putBack.removeFirst();
        }
        if (lines == null) {
            lines = open();
        }
        int consumed = lines.readLine(text, longest);
        if (consumed == 0) {
            return null;
        }
        Line line = new Line(++read, position, text.copyBytes(), consumed - text.getLength() <= 1);
        position += consumed;
        return line;
    }

    /** Puts a line back, before all others. */
    void putBack(Line line) {
        putBack.addFirst(line);
    }

    private LineReader open() throws IOException {
        if (position > 0) {
            LineReader opened = new LineReader(in, BLOCK, LINE_FEED);
            position += opened.readLine(text, 0);
            return opened;
        }
        PushbackInputStream unread = new PushbackInputStream(in, BYTE_ORDER_MARK.length);
        byte[] beginning = unread.readNBytes(BYTE_ORDER_MARK.length);
        if (Arrays.equals(beginning, BYTE_ORDER_MARK)) {
            position = beginning.length;
        } else {
            unread.unread(beginning);
        }
        return new LineReader(unread, BLOCK, LINE_FEED);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
