/**
 * The hourly batch: landing folder to raw zone (ingest), raw zone to star schema by one MapReduce job (load), journaled
 * publishing, and compaction.
 */
@NullMarked
package com.qcompany.batch;

import org.jspecify.annotations.NullMarked;
