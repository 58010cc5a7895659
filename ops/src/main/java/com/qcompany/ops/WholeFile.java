package com.qcompany.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files that whoever opens them finds whole, the earlier or the new one.
 *
 * <p>Servers read their configuration long after they started, also while another one is being started: a NodeManager
 * that found an empty file ended.
 */
public final class WholeFile {

    /** For files that hold a secret: only their owner reads them, from their first byte on. */
    public static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private WholeFile() {}

    /**
     * Writes a file anew, under another name first.
     *
     * @param attributes that it has from its first byte on
     */
    public static void write(Path file, String text, FileAttribute<?>... attributes) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(written);
        Files.createFile(written, attributes);
        Files.writeString(written, text);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
