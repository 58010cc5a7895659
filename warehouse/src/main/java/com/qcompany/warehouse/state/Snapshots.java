package com.qcompany.warehouse.state;

import com.fasterxml.jackson.databind.DatabindException;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The published states, {@code state/snapshots/SEQUENCE.json} with ten digits; the highest sequence is the current one.
 *
 * <p>A snapshot is written once and never changed, so any number of readers need no lock; of two writers of one sequence
 * the second is refused.
 */
public final class Snapshots {

    private Snapshots() {}

    /** The current state; {@link Snapshot#empty()} before the first publish. */
    public static Snapshot latest(FileSystem fs, Layout layout) throws IOException {
        return read(fs, layout, layout.snapshots().last(fs).orElse(0));
    }

    /** The state of a sequence; {@link Snapshot#empty()} for 0. */
    public static Snapshot read(FileSystem fs, Layout layout, long sequence) throws IOException {
        if (sequence == 0) {
            return Snapshot.empty();
        }
        Path file = layout.snapshots().file(sequence);
        try {
            return ImmutableFiles.read(fs, file, Snapshot.class);
        } catch (DatabindException e) {
            throw new IOException(
                    "Cannot read %s: it is of another release (`q ddl --upgrade` moves an older warehouse)"
                            .formatted(file),
                    e);
        }
    }

    /**
     * Whether a state is the current one and nothing that will follow it can be seen yet. If so, it was the same all the
     * time since it was read.
     */
    public static boolean isSettled(FileSystem fs, Layout layout, Snapshot state) throws IOException {
        return !fs.exists(layout.journal().file(state.sequence() + 1))
                && layout.snapshots().last(fs).orElse(0) == state.sequence();
    }

    /**
     * Writes the state that a publish led to.
     *
     * @throws org.apache.hadoop.fs.FileAlreadyExistsException if the sequence is taken
     */
    public static void write(FileSystem fs, Layout layout, Snapshot snapshot) throws IOException {
        ImmutableFiles.write(fs, layout.snapshots().file(snapshot.sequence()), snapshot);
    }
}
