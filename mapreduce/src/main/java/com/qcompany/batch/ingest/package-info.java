/**
 * From the landing directory to the raw zone: which groups wait, copying them once and verified, and the ledger that
 * says what was ingested. {@link com.qcompany.batch.ingest.IngestTool} is the command,
 * {@link com.qcompany.batch.ingest.Ledger} what a load reads.
 */
@NullMarked
package com.qcompany.batch.ingest;

import org.jspecify.annotations.NullMarked;
