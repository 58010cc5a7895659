package com.qcompany.stream.event;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Compresses pages by ZSTD, each in one call that knows its size and leaves no memory behind: Parquet's own compressor
 * makes a stream with a window of two megabytes for every page, and a context kept a file would hold one megabyte.
 */
public final class ZstdPages implements BytesInputCompressor {

    private static final int LEVEL = 3;

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
        byte[] plain = page.toByteArray();
        byte[] compressed = new byte[Math.toIntExact(Zstd.compressBound(plain.length))];
        long size = Zstd.compressByteArray(compressed, 0, compressed.length, plain, 0, plain.length, LEVEL);
        if (Zstd.isError(size)) {
            throw new IOException(
                    "Cannot compress a page of %d bytes: %s".formatted(plain.length, Zstd.getErrorName(size)));
        }
        return BytesInput.from(compressed, 0, (int) size);
    }

    @Override
    public CompressionCodecName getCodecName() {
        return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {}
}
