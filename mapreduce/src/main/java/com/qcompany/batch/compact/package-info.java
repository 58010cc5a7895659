/**
 * Compaction: the many small files of a partition become one, written by a map-only job as the partition's next version
 * and published as a rewrite, so that no reader can notice.
 */
@NullMarked
package com.qcompany.batch.compact;

import org.jspecify.annotations.NullMarked;
