package com.qcompany.warehouse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file that is read at once where it is small: Parquet reads its end, its footer and its columns each from another
 * place, for each of which HDFS would connect to a DataNode again. Larger files are read as Parquet asks for them.
 */
record BufferedInputFile(InputFile file) implements InputFile {

    /** Most of a file that an open reader keeps in memory, in bytes. */
    static final int MOST_BYTES = 256 << 10;

    @Override
    public long getLength() throws IOException {
        return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        if (getLength() > MOST_BYTES) {
            return file.newStream();
        }
        byte[] bytes = new byte[(int) getLength()];
        try (SeekableInputStream in = file.newStream()) {
            in.readFully(bytes);
        }
        return new WholeFile(new Content(bytes));
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private static final class WholeFile extends DelegatingSeekableInputStream {

        private final Content content;

        WholeFile(Content content) {
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

    private static final class Content extends ByteArrayInputStream {

        Content(byte[] bytes) {
            super(bytes);
        }

        int position() {
            return pos;
        }

        void seek(long position) {
            pos = Math.toIntExact(position);
        }
    }
}
