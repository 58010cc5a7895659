package com.qcompany.warehouse.state;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** Its streams have failed, and throw the same exception whatever is called, as those of HDFS do. */
public final class FailingFileSystem extends RawLocalFileSystem {

    @Override
    public FSDataOutputStream create(
            Path file, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        return new FSDataOutputStream(new FailedStream(), null);
    }

    private static final class FailedStream extends OutputStream {

        private final IOException failure = new IOException("All DataNodes are bad");

        @Override
        public void write(int value) throws IOException {
            throw failure;
        }

        @Override
        public void flush() throws IOException {
            throw failure;
        }

        @Override
        public void close() throws IOException {
            throw failure;
        }
    }
}
