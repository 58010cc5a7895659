package com.qcompany.batch.compact;

/** What a compaction job did. */
public enum CompactionCounter {
    /** Partitions that got a new version. */
    PARTITIONS_REWRITTEN,
    /** Files merged into those versions. */
    FILES_MERGED,
    /** Rows written again. */
    ROWS_REWRITTEN,
    /** Rows copied as they are. */
    ROWS_KEPT
}
