package com.qcompany.warehouse.parquet;

import java.io.IOException;
import org.apache.hadoop.io.IOUtils;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A file whose stream is written to in large pieces: Parquet writes page headers and footers byte by byte, which the
 * streams of HDFS sum up and count one by one.
 */
record BufferedOutputFile(OutputFile file) implements OutputFile {

    @Override
    public PositionOutputStream create(long blockSizeHint) throws IOException {
        return new BufferedStream(file.create(blockSizeHint));
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
        return new BufferedStream(file.createOrOverwrite(blockSizeHint));
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

    private static final class BufferedStream extends PositionOutputStream {

        private static final int BUFFER_BYTES = 16 << 10;

        private final PositionOutputStream out;
        private final byte[] buffer = new byte[BUFFER_BYTES];
        private int buffered;
        private boolean closed;

        BufferedStream(PositionOutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() throws IOException {
            return out.getPos() + buffered;
        }

        @Override
        public void write(int value) throws IOException {
            if (buffered == buffer.length) {
                writeBuffer();
            }
            buffer[buffered++] = (byte) value;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > buffer.length - buffered) {
                writeBuffer();
                if (length >= buffer.length) {
                    out.write(bytes, offset, length);
                    return;
                }
            }
            System.arraycopy(bytes, offset, buffer, buffered, length);
            buffered += length;
        }

        @Override
        public void flush() throws IOException {
            writeBuffer();
            out.flush();
        }

        /** Closes the file's stream even if what is buffered cannot be written; closing again does nothing. */
        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try {
                writeBuffer();
            } catch (IOException | RuntimeException e) {
                // Not by try-with-resources: a stream of HDFS that has failed throws the same exception again.
                IOUtils.closeStream(out);
                throw e;
            }
            out.close();
        }

        private void writeBuffer() throws IOException {
            int length = buffered;
            buffered = 0;
            out.write(buffer, 0, length);
        }
    }
}
