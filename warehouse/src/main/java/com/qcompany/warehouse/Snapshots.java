package com.qcompany.warehouse;

import java.io.IOException;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The published states, {@code state/snapshots/SEQUENCE.json} with ten digits; the highest sequence is the current one.
 *
 * <p>A snapshot is written once and never changed, so any number of readers need no lock; of two writers of one sequence
 * the second is refused.
 */
public final class Snapshots {

    private static final String KIND = "snapshots";
    private static final Pattern NAME = Pattern.compile("\\d{10}\\.json");

    private Snapshots() {}

    /** The current state; {@link Snapshot#empty()} before the first publish. */
    public static Snapshot latest(FileSystem fs, Layout layout) throws IOException {
        OptionalLong sequence = latestSequence(fs, layout);
        return sequence.isEmpty() ? Snapshot.empty() : read(fs, layout, sequence.getAsLong());
    }

    /** The state of a sequence; {@link Snapshot#empty()} for 0. */
    public static Snapshot read(FileSystem fs, Layout layout, long sequence) throws IOException {
        return sequence == 0 ? Snapshot.empty() : ImmutableFiles.read(fs, file(layout, sequence), Snapshot.class);
    }

    /**
     * Writes the state that a publish led to.
     *
     * @throws org.apache.hadoop.fs.FileAlreadyExistsException if the sequence is taken
     */
    public static void write(FileSystem fs, Layout layout, Snapshot snapshot) throws IOException {
        ImmutableFiles.write(fs, file(layout, snapshot.sequence()), snapshot);
    }

    /** Where the snapshot of a sequence lies. */
    public static Path file(Layout layout, long sequence) {
        return new Path(layout.state(KIND), "%010d.json".formatted(sequence));
    }

    private static OptionalLong latestSequence(FileSystem fs, Layout layout) throws IOException {
        return Listing.of(fs, layout.state(KIND)).stream()
                .map(status -> status.getPath().getName())
                .filter(name -> NAME.matcher(name).matches())
                .max(Comparator.naturalOrder())
                .map(name -> OptionalLong.of(Long.parseLong(name.substring(0, name.indexOf('.')))))
                .orElse(OptionalLong.empty());
    }
}
