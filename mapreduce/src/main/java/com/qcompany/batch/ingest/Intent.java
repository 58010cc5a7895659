package com.qcompany.batch.ingest;

import com.qcompany.warehouse.state.GroupRecord;
import org.jspecify.annotations.Nullable;

/**
 * What an ingest is about to do with a group, written down before it does it; whoever comes after a crash does the
 * rest of it.
 *
 * @param record what the ledger will say
 * @param incoming hidden directory of the verified copy; null for a duplicate, which is not copied
 * @param fingerprint fingerprint of the folder it was made from
 */
record Intent(GroupRecord record, @Nullable String incoming, String fingerprint) {}
