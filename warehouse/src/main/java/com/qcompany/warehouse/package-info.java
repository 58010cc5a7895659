/**
 * The warehouse itself: one declaration per table, where files lie, how rows are stored, the typed configuration and
 * the small file-system primitives (immutable files, leases) that every stage shares. Knows no Kafka, JDBC or job.
 */
@NullMarked
package com.qcompany.warehouse;

import org.jspecify.annotations.NullMarked;
