package com.qcompany.batch.ingest;

import com.qcompany.warehouse.state.NewFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.function.LongConsumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Copies a local file to the file system and reads the copy back, each through one buffer whatever the size. */
final class FileCopy {

    private static final int BUFFER_BYTES = 1 << 17;

    private final FileSystem fs;

    FileCopy(FileSystem fs) {
        this.fs = fs;
    }

    /**
     * Copies a file to a name that is free.
     *
     * @param sha256 digest that the source had when it was inspected
     * @param progress told of bytes as they are written and again as they are read back
     * @return the copy
     * @throws IOException naming the file, if the source changed since or the copy differs
     */
    Path verified(java.nio.file.Path source, Path target, String sha256, LongConsumer progress) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (InputStream in = Files.newInputStream(source)) {
            NewFile.write(fs, target, out -> transfer(in, out, digest, progress));
        }
        String sent = Digests.hex(digest);
        if (!sent.equals(sha256)) {
            throw new IOException("Cannot take %s: it changed while it was taken (expected a file that is complete)"
                    .formatted(source));
        }
        try (InputStream in = fs.open(target)) {
            transfer(in, OutputStream.nullOutputStream(), digest, progress);
            String stored = Digests.hex(digest);
            if (!stored.equals(sent)) {
                throw new IOException("Cannot trust %s: its SHA-256 is %s (expected %s, as %s has)"
                        .formatted(target, stored, sent, source));
            }
        }
        return target;
    }

    private static void transfer(InputStream in, OutputStream out, MessageDigest digest, LongConsumer progress)
            throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
            out.write(buffer, 0, read);
            progress.accept(read);
        }
    }
}
