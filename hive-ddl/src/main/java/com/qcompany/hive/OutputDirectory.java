package com.qcompany.hive;

import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.NewFile;
import com.qcompany.warehouse.state.Rename;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * A directory for files that are made as a whole: a reader sees each whole or not at all, and one that is made again
 * replaces the first.
 */
public interface OutputDirectory {

    /** Writes a file, and makes the directory. */
    String write(String name, byte[] content) throws IOException;

    /** Where a file lies, as {@link #write} says. */
    String place(String name);

    /** Reads a file back; empty where there is none. */
    Optional<byte[]> read(String name) throws IOException;

    /**
     * The directory of a text: with a scheme of two letters or more one of that Hadoop file system, as in
     * {@code hdfs://host/reports}; with {@code sftp} an {@link SftpDirectory}; else a local one.
     */
    static OutputDirectory of(String text, Configuration conf) throws IOException {
        if (text.matches("(hdfs|sftp|file):(?!/).*")) { // else a local directory of that name
            throw new UsageException(
                    "Cannot use directory %s (expected hdfs://HOST/DIR, sftp://USER@HOST/DIR or a path)"
                            .formatted(text));
        }
        if (isLocal(text)) {
            return local(java.nio.file.Path.of(text));
        }
        if (text.startsWith("sftp:")) {
            return SftpDirectory.of(text);
        }
        Path directory = new Path(text);
        try {
            return new HadoopDirectory(directory.getFileSystem(conf), directory);
        } catch (UnsupportedFileSystemException e) {
            throw new UsageException(
                    "Cannot write to %s: %s (expected hdfs, sftp or file)".formatted(text, e.getMessage()), e);
        }
    }

    private static boolean isLocal(String text) {
        return !text.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
    }

    /** The directory's text wherever it is read. */
    static String absolute(String text) {
        return isLocal(text)
                ? java.nio.file.Path.of(text).toAbsolutePath().normalize().toString()
                : text;
    }

    /** Writes one file of a path, local or not; returns where it lies. */
    static String writeFile(String path, byte[] content, Configuration conf) throws IOException {
        int slash = path.lastIndexOf('/');
        return of(slash < 0 ? "." : path.substring(0, slash + 1), conf).write(path.substring(slash + 1), content);
    }

    static OutputDirectory local(java.nio.file.Path directory) {
        return new LocalDirectory(directory);
    }

    record LocalDirectory(java.nio.file.Path directory) implements OutputDirectory {
        @Override
        public String write(String name, byte[] content) throws IOException {
            try {
                DurableFile.write(directory.resolve(name), content);
            } catch (IOException e) { // many of them say nothing but a path
                throw new OperatorException("cannot write %s: %s".formatted(place(name), e), e);
            }
            return place(name);
        }

        @Override
        public String place(String name) {
            return directory.resolve(name).toString();
        }

        @Override
        public Optional<byte[]> read(String name) throws IOException {
            java.nio.file.Path file = directory.resolve(name);
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        }
    }

    record HadoopDirectory(FileSystem fs, Path directory) implements OutputDirectory {
        @Override
        public String write(String name, byte[] content) throws IOException {
            Path hidden = new Path(directory, ".%s.%s.tmp".formatted(name, UUID.randomUUID()));
            try {
                NewFile.write(fs, hidden, out -> out.write(content));
                Rename.over(fs, hidden, new Path(directory, name));
            } finally {
                fs.delete(hidden, false);
            }
            return place(name);
        }

        @Override
        public String place(String name) {
            return new Path(directory, name).toString();
        }

        @Override
        public Optional<byte[]> read(String name) throws IOException {
            try (InputStream in = fs.open(new Path(directory, name))) {
                return Optional.of(in.readAllBytes());
            } catch (FileNotFoundException e) {
                return Optional.empty();
            }
        }
    }
}
