package com.qcompany.warehouse.state;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * JSON files that are written once, whole or not at all, and never changed.
 *
 * <p>Written under a hidden name, synced and renamed, so that a reader sees the whole file or none, and of two writers
 * of the same name one gets {@link FileAlreadyExistsException}.
 */
public final class ImmutableFiles {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final String HIDDEN = ".";

    private ImmutableFiles() {}

    /** Writes a value as JSON, making parent directories. */
    public static void write(FileSystem fs, Path file, Object value) throws IOException {
        fs.mkdirs(file.getParent());
        Path hidden = new Path(file.getParent(), HIDDEN + file.getName() + "." + UUID.randomUUID());
        NewFile.write(fs, hidden, out -> out.write(JSON.writeValueAsBytes(value)));
        if (fs.exists(file) || !fs.rename(hidden, file)) {
            fs.delete(hidden, false);
            throw new FileAlreadyExistsException("Cannot write %s: it exists (it is written once)".formatted(file));
        }
    }

    /** The files of a directory, ordered by name, without those that are being written or never were to their end. */
    public static List<Path> list(FileSystem fs, Path directory) throws IOException {
        return Listing.of(fs, directory).stream()
                .map(FileStatus::getPath)
                .filter(file -> !file.getName().startsWith(HIDDEN))
                .toList();
    }

    /** Reads every value of a directory back, ordered by the names of their files. */
    public static <T> List<T> all(FileSystem fs, Path directory, Class<T> type) throws IOException {
        List<T> values = new ArrayList<>();
        for (Path file : list(fs, directory)) {
            values.add(read(fs, file, type));
        }
        return values;
    }

    /** Reads a value back, or nothing where there is no such file. */
    public static <T> Optional<T> find(FileSystem fs, Path file, Class<T> type) throws IOException {
        try {
            return Optional.of(read(fs, file, type));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Reads a value back; throws a {@link JacksonException} that names a file which is damaged. */
    public static <T> T read(FileSystem fs, Path file, Class<T> type) throws IOException {
        try (FSDataInputStream in = fs.open(file)) {
            return JSON.readValue((java.io.InputStream) in, type);
        } catch (JacksonException e) {
            String message = "Cannot read %s: %s".formatted(file, e.getOriginalMessage());
            throw (JacksonException) new JsonMappingException(null, message).initCause(e);
        }
    }
}
