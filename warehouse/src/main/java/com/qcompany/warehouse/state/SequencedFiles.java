package com.qcompany.warehouse.state;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A directory, which need not exist yet, of one file for each publish, {@code SEQUENCE.json} with ten digits. */
public record SequencedFiles(Path directory) {

    private static final Pattern NAME = Pattern.compile("\\d{10}\\.json");

    public Path file(long sequence) {
        return new Path(directory, "%010d.json".formatted(sequence));
    }

    /** Sequences of which there is a file, ascending; other files are left out. */
    public List<Long> sequences(FileSystem fs) throws IOException {
        return Listing.of(fs, directory).stream()
                .map(status -> status.getPath().getName())
                .filter(name -> NAME.matcher(name).matches())
                .map(name -> Long.valueOf(name.substring(0, name.indexOf('.'))))
                .sorted()
                .toList();
    }

    /** The highest sequence of which there is a file. */
    public OptionalLong last(FileSystem fs) throws IOException {
        return sequences(fs).stream().mapToLong(Long::longValue).max();
    }
}
