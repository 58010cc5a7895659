package com.qcompany.ops.daemons;

import com.qcompany.ops.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner reads, from their first byte on. */
final class SecretFile {

    private SecretFile() {}

    /** Writes a file anew. */
    static void write(Path file, String text) throws IOException {
        WholeFile.write(file, text, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
