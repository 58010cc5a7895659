package com.qcompany.batch.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and digests what is read through it, in blocks, and logs every ten seconds how far it is. */
final class MeasuredStream extends DigestInputStream {

    private static final Logger LOG = LoggerFactory.getLogger(MeasuredStream.class);
    private static final long LOG_NANOS = 10_000_000_000L;

    private final String name;
    private long count;
    private long loggedAt = System.nanoTime();

    MeasuredStream(InputStream in, String name) {
        super(in, DigestUtils.getSha256Digest());
        this.name = name;
    }

    long count() {
        return count;
    }

    /** SHA-256 of the bytes, hexadecimal; to be asked once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(getMessageDigest().digest());
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("Cannot read a single byte (expected blocks)");
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = super.read(buffer, from, length);
        count += Math.max(0, read);
        if (System.nanoTime() - loggedAt >= LOG_NANOS) {
            loggedAt = System.nanoTime();
            LOG.info("Read {} of {}", FileUtils.byteCountToDisplaySize(count), name);
        }
        return read;
    }
}
