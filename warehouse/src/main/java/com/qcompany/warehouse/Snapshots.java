package com.qcompany.warehouse;

import java.io.IOException;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;

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
        return sequence == 0 ? Snapshot.empty() : ImmutableFiles.read(fs, layout.snapshot(sequence), Snapshot.class);
    }

    /**
     * Whether a state is the current one and nothing that will follow it can be seen yet. If so, it was the same all the
     * time since it was read.
     */
    public static boolean isSettled(FileSystem fs, Layout layout, Snapshot state) throws IOException {
        return !fs.exists(layout.journalEntry(state.sequence() + 1))
                && latestSequence(fs, layout).orElse(0) == state.sequence();
    }

    /**
     * Writes the state that a publish led to.
     *
     * @throws org.apache.hadoop.fs.FileAlreadyExistsException if the sequence is taken
     */
    public static void write(FileSystem fs, Layout layout, Snapshot snapshot) throws IOException {
        ImmutableFiles.write(fs, layout.snapshot(snapshot.sequence()), snapshot);
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
