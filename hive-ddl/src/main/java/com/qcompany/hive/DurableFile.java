package com.qcompany.hive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * A local file that a reader sees whole or not at all, even after a power cut: written under a hidden name beside its
 * place, flushed, renamed over what was there, and the directory flushed.
 */
public final class DurableFile {

    /** For files that hold a secret: only their owner reads them, from their first byte on. */
    public static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private DurableFile() {}

    /** Writes a text in UTF-8, as {@link #write(Path, byte[], FileAttribute...)} does. */
    public static void write(Path file, String text, FileAttribute<?>... attributes) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8), attributes);
    }

    /**
     * Writes the file and makes its directory. Of several writers at once the last wins.
     *
     * @param attributes that it has from its first byte on
     */
    public static void write(Path file, byte[] content, FileAttribute<?>... attributes) throws IOException {
        Path target = file.toAbsolutePath();
        Path directory = target.resolveSibling(".").normalize();
        Files.createDirectories(directory);
        Files.deleteIfExists(
                directory.resolve("." + target.getFileName() + ".tmp")); // a killed run of earlier releases left it
        Path hidden = directory.resolve(".%s.%s.tmp".formatted(target.getFileName(), UUID.randomUUID()));
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(hidden, options, attributes)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
            Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(hidden);
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
