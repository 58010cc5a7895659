package com.qcompany.stream.compact;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Decompresses pages of several columns at the same time, which Parquet's own factory does not allow: ZSTD in one call,
 * whatever else in turn.
 */
final class PageCodecs implements CompressionCodecFactory {

    private final CodecFactory others;

    PageCodecs(Configuration conf) {
        this.others = new CodecFactory(conf, 0);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return codec == CompressionCodecName.ZSTD ? new ZstdDecompressor() : new InTurn(others.getDecompressor(codec));
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("Pages are read");
    }

    @Override
    public void release() {
        others.release();
    }

    /** Keeps no state between pages. */
    private static final class ZstdDecompressor implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput page, int size) throws IOException {
            byte[] compressed = page.toByteArray();
            byte[] plain = new byte[size];
            long done = Zstd.decompressByteArray(plain, 0, size, compressed, 0, compressed.length);
            if (done != size) {
                throw new IOException("Cannot decompress a page: %s (expected %d bytes)"
                        .formatted(Zstd.isError(done) ? Zstd.getErrorName(done) : done + " bytes", size));
            }
            return BytesInput.from(plain);
        }

        @Override
        public void decompress(ByteBuffer page, int compressedSize, ByteBuffer plain, int size) throws IOException {
            byte[] compressed = new byte[compressedSize];
            page.get(compressed);
            plain.put(decompress(BytesInput.from(compressed), size).toByteBuffer());
        }

        @Override
        public void release() {}
    }

    /** One decompressor for all columns, which takes one page at a time. */
    private static final class InTurn implements BytesInputDecompressor {

        private final BytesInputDecompressor shared;

        InTurn(BytesInputDecompressor shared) {
            this.shared = shared;
        }

        @Override
        public BytesInput decompress(BytesInput page, int size) throws IOException {
            synchronized (shared) {
                return BytesInput.copy(shared.decompress(page, size));
            }
        }

        @Override
        public void decompress(ByteBuffer page, int compressedSize, ByteBuffer plain, int size) throws IOException {
            synchronized (shared) {
                shared.decompress(page, compressedSize, plain, size);
            }
        }

        @Override
        public void release() {}
    }
}
