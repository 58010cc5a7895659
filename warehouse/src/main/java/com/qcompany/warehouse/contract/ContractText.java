package com.qcompany.warehouse.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import org.apache.commons.io.IOUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A contract as it is written.
 *
 * @param origin where it comes from, for messages: a file, or a resource of the program
 */
public record ContractText(String origin, String yaml) {
    /** What the names of contracts' files end with. */
    private static final String EXTENSION = ".yaml";

    /**
     * The contracts of {@code q.contracts}, by file name; none where it is not set.
     *
     * @throws UsageException if it is set and holds none, nor schemas of events
     */
    public static List<ContractText> of(Configuration conf) throws IOException {
        List<ContractText> texts = new ArrayList<>();
        Optional<String> directory = Settings.CONTRACTS.find(conf);
        if (directory.isPresent()) {
            FileSystem fs = new Path(directory.get()).getFileSystem(conf);
            for (FileStatus file : Listing.of(fs, new Path(directory.get()))) {
                if (file.isFile() && file.getPath().getName().endsWith(EXTENSION)) {
                    texts.add(read(fs, file.getPath()));
                }
            }
            if (texts.isEmpty() && !fs.exists(new Path(directory.get(), "schemas"))) {
                throw new UsageException("Cannot find contracts in %s (expected *%s files; %s)"
                        .formatted(directory.get(), EXTENSION, Settings.CONTRACTS.key()));
            }
        }
        return texts;
    }

    /** A built-in contract, by its name among the resources of a class. */
    public static ContractText ofResource(Class<?> owner, String name) {
        try {
            return new ContractText(
                    name, IOUtils.toString(Objects.requireNonNull(owner.getResource(name), name), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read resource %s".formatted(name), e);
        }
    }

    private static ContractText read(FileSystem fs, Path file) throws IOException {
        try (FSDataInputStream in = fs.open(file)) {
            return new ContractText(file.toString(), new String(in.readAllBytes(), UTF_8));
        }
    }

    /** Number of the first line with a wanted key or value, by JSON pointer and text; none too where the text is no YAML. */
    OptionalInt line(BiPredicate<String, String> wanted) {
        try (JsonParser parser = new YAMLFactory().createParser(yaml)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String pointer = parser.getParsingContext().pathAsPointer().toString();
                if (wanted.test(pointer, token.isScalarValue() ? parser.getText() : "")) {
                    return OptionalInt.of(parser.currentTokenLocation().getLineNr());
                }
            }
            return OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    /** Why it cannot be used, with its origin, and with line and key where they are known. */
    public IllegalArgumentException cannotUse(IllegalArgumentException reason) {
        String place = reason instanceof KeyException key ? key.place(this) + ": " : "";
        return new IllegalArgumentException(
                "Cannot load feed from %s: %s%s".formatted(origin, place, reason.getMessage()), reason);
    }
}
