package com.qcompany.stream.compact;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.hadoop.util.HadoopPositionOutputStream;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A new file that is on disk when it is closed: what it replaces is deleted then.
 *
 * @param file where it is written
 */
record SyncedFile(HadoopOutputFile file) implements OutputFile {

    static SyncedFile of(Path path, Configuration conf) throws IOException {
        return new SyncedFile(HadoopOutputFile.fromPath(path, conf));
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) throws IOException {
        return synced(file.create(blockSizeHint));
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
        return synced(file.createOrOverwrite(blockSizeHint));
    }

    @Override
    public boolean supportsBlockSize() {
        return file.supportsBlockSize();
    }

    @Override
    public long defaultBlockSize() {
        return file.defaultBlockSize();
    }

    @Override
    public String getPath() {
        return file.getPath();
    }

    private static PositionOutputStream synced(PositionOutputStream out) {
        return new DelegatingPositionOutputStream(out) {
            private boolean closed;

            @Override
            public long getPos() throws IOException {
                return out.getPos();
            }

            @Override
            public void close() throws IOException {
                if (!closed) {
                    closed = true;
                    try (out) {
                        ((HadoopPositionOutputStream) out).sync();
                    }
                }
            }
        };
    }
}
