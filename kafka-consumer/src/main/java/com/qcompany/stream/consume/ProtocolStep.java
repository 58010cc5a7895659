package com.qcompany.stream.consume;

/** The points of the commit protocol between which a process can die. */
public enum ProtocolStep {
    /** Some rows are in staging files that are still open. */
    ROWS_TAKEN,
    /** The staging files are closed and synced. */
    FILES_CLOSED,
    /** The manifest is written. */
    MANIFEST_WRITTEN,
    /** The offsets are committed, nothing is published. */
    OFFSETS_COMMITTED,
    /** Some file of a manifest has its final name. */
    FILE_PUBLISHED,
    /** All files have; the manifest still counts as unpublished. */
    ALL_PUBLISHED,
    /** The manifest is put away; its staging directory is left. */
    MANIFEST_DONE;

    /** Hears of every step as it is reached, by the thread that reached it. */
    @FunctionalInterface
    public interface Listener {
        void reached(ProtocolStep step);
    }
}
