package com.qcompany.hive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A local file that a reader sees whole or not at all, even after a power cut: written under a hidden name beside its
 * place, flushed, renamed over what was there, and the directory flushed.
 */
public final class DurableFile {

    private DurableFile() {}

    /** Writes the file and makes its directory; a hidden file left by a killed run is overwritten. */
    public static void write(Path file, byte[] content) throws IOException {
        Path target = file.toAbsolutePath();
        Path directory = target.resolveSibling(".").normalize();
        Files.createDirectories(directory);
        Path hidden = directory.resolve("." + target.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                hidden, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
