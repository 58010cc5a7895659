package com.qcompany.warehouse.parquet;

import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file that is read in few requests: a small one at once, since Parquet reads its end, its footer and its columns each
 * from another place, for each of which HDFS would connect to a DataNode again; a larger one with what follows a small
 * read, since Parquet reads indexes byte by byte.
 */
record BufferedInputFile(InputFile file) implements InputFile {

    /** Most of a file that an open reader keeps in memory, in bytes. */
    static final int MOST_BYTES = 256 << 10;

    private static final int READ_AHEAD_BYTES = 64 << 10;

    @Override
    public long getLength() throws IOException {
        return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        if (getLength() > MOST_BYTES) {
            return new BufferedStream(new ReadAhead(file.newStream()));
        }
        byte[] bytes = new byte[(int) getLength()];
        try (SeekableInputStream in = file.newStream()) {
            in.readFully(bytes);
        }
        return stream(bytes);
    }

    /** A stream of what is in memory. */
    static SeekableInputStream stream(byte[] bytes) {
        return new BufferedStream(new WholeContent(bytes));
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private static final class BufferedStream extends DelegatingSeekableInputStream {

        private final Content content;

        BufferedStream(Content content) {
            super(content);
            this.content = content;
        }

        @Override
        public long getPos() {
            return content.position();
        }

        @Override
        public void seek(long position) {
            content.seek(position);
        }
    }

    /** Bytes of a file from a position on. */
    private abstract static class Content extends InputStream {

        abstract long position();

        abstract void seek(long position);
    }

    private static final class WholeContent extends Content {

        private final byte[] bytes;
        private int position;

        WholeContent(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return position == bytes.length ? -1 : bytes[position++] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = Math.min(length, bytes.length - position);
            if (count == 0 && length > 0) {
                return -1;
            }
            System.arraycopy(bytes, position, target, offset, count);
            position += count;
            return count;
        }

        @Override
        long position() {
            return position;
        }

        @Override
        void seek(long newPosition) {
            position = Math.toIntExact(newPosition);
        }
    }

    /** Keeps what was read last; what is larger than that goes to the target at once. */
    private static final class ReadAhead extends Content {

        private final SeekableInputStream in;
        private final byte[] buffer = new byte[READ_AHEAD_BYTES];
        private long bufferStart;
        private int buffered;
        private long position;

        ReadAhead(SeekableInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            if (available() == 0 && !fill()) {
                return -1;
            }
            return buffer[(int) (position++ - bufferStart)] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (available() == 0 && length >= buffer.length) {
                in.seek(position);
                int count = in.read(target, offset, length);
                position += Math.max(0, count);
                return count;
            }
            if (available() == 0 && length > 0 && !fill()) {
                return -1;
            }
            int count = Math.min(length, available());
            System.arraycopy(buffer, (int) (position - bufferStart), target, offset, count);
            position += count;
            return count;
        }

        /** Bytes in the buffer from the position on. */
        @Override
        public int available() {
            long end = bufferStart + buffered;
            return position < bufferStart || position >= end ? 0 : (int) (end - position);
        }

        private boolean fill() throws IOException {
            in.seek(position);
            bufferStart = position;
            buffered = Math.max(0, in.read(buffer, 0, buffer.length));
            return buffered > 0;
        }

        @Override
        long position() {
            return position;
        }

        @Override
        void seek(long newPosition) {
            position = newPosition;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
