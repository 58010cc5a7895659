package com.qcompany.generator.events;

import org.jspecify.annotations.Nullable;

/**
 * A record to send and what must become of it.
 *
 * @param partition partition of the topic
 * @param millis time of the record, in milliseconds since 1970 UTC
 * @param key customerId in UTF-8
 * @param value an event, something broken, or null
 */
record GeneratedRecord(int partition, long millis, byte[] key, byte @Nullable [] value, Fate fate) {}
