package com.qcompany.stream.compact;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Files read one behind the other, as the one they would be joined to.
 *
 * @param fs where they are
 * @param parts the files in order, with their lengths
 */
record JoinedFile(FileSystem fs, List<FileStatus> parts) implements InputFile {

    JoinedFile {
        parts = List.copyOf(parts);
    }

    @Override
    public long getLength() {
        return parts.stream().mapToLong(FileStatus::getLen).sum();
    }

    @Override
    public SeekableInputStream newStream() {
        Parts in = new Parts(this);
        return new DelegatingSeekableInputStream(in) {
            @Override
            public long getPos() {
                return in.position;
            }

            @Override
            public void seek(long position) {
                in.position = position;
            }
        };
    }

    /** Reads whichever part the position lies in; holds that one open. */
    private static final class Parts extends InputStream {

        private final JoinedFile file;
        private long position;
        private int openPart = -1;
        private @Nullable FSDataInputStream open;

        Parts(JoinedFile file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            long start = 0;
            for (int part = 0; part < file.parts().size(); part++) {
                long end = start + file.parts().get(part).getLen();
                if (position < end) {
                    int count = (int) Math.min(length, end - position);
                    int got = part(part).read(position - start, bytes, offset, count);
                    position += Math.max(0, got);
                    return got;
                }
                start = end;
            }
            return -1;
        }

        @Override
        public void close() throws IOException {
            if (open != null) {
                open.close();
            }
        }

        private FSDataInputStream part(int part) throws IOException {
            FSDataInputStream in = open;
            if (in == null || part != openPart) {
                close();
                in = file.fs().open(file.parts().get(part).getPath());
                open = in;
                openPart = part;
            }
            return in;
        }
    }
}
