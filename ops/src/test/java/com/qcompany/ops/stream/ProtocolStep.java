package com.qcompany.ops.stream;

import java.util.regex.Pattern;

/**
 * The points of the two protocols between which a process can die, each the moment before or after a change of the file
 * system: first those of an epoch, from its rows to its end, then those of a closing.
 */
enum ProtocolStep {
    /** A staging file is open. */
    ROWS_TAKEN("after create \\S*/stream/staging/\\S*"),
    /** The staging files are closed and synced. */
    FILES_CLOSED("before create \\S*/stream/manifests/\\S*"),
    /** The manifest is written. */
    MANIFEST_WRITTEN("after rename \\S* to \\S*/stream/manifests/\\S*"),
    /** The offsets are committed, nothing is published. */
    OFFSETS_COMMITTED("before rename \\S*/stream/staging/\\S* to \\S*"),
    /** Some file of a manifest has its final name. */
    FILE_PUBLISHED("after rename \\S*/stream/staging/\\S* to \\S*"),
    /** All files have; the manifest still counts as unpublished. */
    ALL_PUBLISHED("before rename \\S*/stream/manifests/\\S* to \\S*/stream/done/\\S*"),
    /** The manifest is put away; its staging directory is left. */
    MANIFEST_DONE("after rename \\S*/stream/manifests/\\S* to \\S*/stream/done/\\S*"),
    /** An hour's one file is written and verified. */
    HOUR_STAGED("before create \\S*/stream/closings/\\S*"),
    /** The journal says what becomes of it. */
    CLOSING_DECIDED("after rename \\S* to \\S*/stream/closings/[^/ ]*"),
    /** It is visible; its inputs are still there. */
    HOUR_PUBLISHED("after rename \\S*/stream/compacting/\\S* to \\S*"),
    /** One of them is gone. */
    INPUT_REMOVED("after delete \\S*/stream/open/\\S*\\.parquet"),
    /** The closing is put away; what was staged beside it is left. */
    CLOSING_DONE("after rename \\S*/stream/closings/\\S* to \\S*/stream/closings/done/\\S*");

    private final Pattern moment;

    ProtocolStep(String moment) {
        this.moment = Pattern.compile(moment);
    }

    /** Whether a moment is this step, told as {@code before rename SOURCE to TARGET}. */
    boolean is(String when) {
        return moment.matcher(when).matches();
    }
}
