package com.qcompany.batch.ingest;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/** Digests the lines that are written to it: the same lines have one digest, whether they end with LF or with CRLF. */
final class LineDigest extends OutputStream {

    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private boolean carriageReturn;
    private boolean insideLine;

    @Override
    public void write(int next) {
        write(new byte[] {(byte) next}, 0, 1);
    }

    /** A carriage return waits for the next byte: with a line feed it is a line end, otherwise it is content. */
    @Override
    public void write(byte[] buffer, int from, int length) {
        byte[] content = new byte[length + 1];
        int size = 0;
        for (int i = from; i < from + length; i++) {
            boolean lineFeed = buffer[i] == '\n';
            if (carriageReturn && !lineFeed) {
                content[size++] = '\r';
                insideLine = true;
            }
            carriageReturn = buffer[i] == '\r';
            if (lineFeed ? insideLine : !carriageReturn) {
                content[size++] = buffer[i];
            }
            insideLine = !lineFeed && (insideLine || !carriageReturn);
        }
        digest.update(content, 0, size);
    }

    /** Whether what was written so far ends with a line end. */
    boolean endsWithLineEnd() {
        return !insideLine && !carriageReturn;
    }

    /** SHA-256 of the lines that are not empty, hexadecimal; to be asked once, at the end. */
    String sha256() {
        write('\n');
        return HexFormat.of().formatHex(digest.digest());
    }
}
