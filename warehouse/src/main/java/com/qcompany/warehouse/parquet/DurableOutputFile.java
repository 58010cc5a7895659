package com.qcompany.warehouse.parquet;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A new file that is on the disks of its DataNodes once it is closed: Parquet's own stream only flushes, which leaves
 * the last block in their memory.
 *
 * <p>A stream of HDFS that has failed throws the same exception again from whatever is called next. Here closing throws
 * one of its own, for an exception that is to suppress itself hides both behind an IllegalArgumentException.
 */
public final class DurableOutputFile implements OutputFile, Closeable {

    private static final int BUFFER_BYTES = 4096;

    private final Path path;
    private final FileSystem fs;
    private final OutputFile traits;
    private @Nullable FSDataOutputStream stream;

    public DurableOutputFile(Path path, Configuration conf) throws IOException {
        this.path = path;
        this.fs = path.getFileSystem(conf);
        this.traits = HadoopOutputFile.fromPath(path, conf);
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) throws IOException {
        FSDataOutputStream out = fs.create(
                path, false, BUFFER_BYTES, fs.getDefaultReplication(path), Math.max(defaultBlockSize(), blockSizeHint));
        stream = out;
        PositionOutputStream wrapped = HadoopStreams.wrap(out);
        return new DelegatingPositionOutputStream(wrapped) {

            private boolean closed;

            @Override
            public long getPos() throws IOException {
                return wrapped.getPos();
            }

            @Override
            public void close() throws IOException {
                if (!closed) {
                    closed = true;
                    bringToDisk(out);
                }
            }
        };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        throw new UnsupportedOperationException("Cannot overwrite %s (it is written once)".formatted(path));
    }

    @Override
    public boolean supportsBlockSize() {
        return traits.supportsBlockSize();
    }

    @Override
    public long defaultBlockSize() {
        return traits.defaultBlockSize();
    }

    @Override
    public String getPath() {
        return path.toString();
    }

    /** Closes the stream, if it is still open, without completing anything. */
    @Override
    public void close() throws IOException {
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                throw new IOException("Cannot close %s: %s".formatted(path, e.getMessage()), e);
            }
        }
    }

    private void bringToDisk(FSDataOutputStream out) throws IOException {
        try {
            out.hsync();
            out.close();
        } catch (IOException e) {
            IOUtils.closeStream(out);
            throw new IOException("Cannot bring %s to disk: %s".formatted(path, e.getMessage()), e);
        }
    }
}
