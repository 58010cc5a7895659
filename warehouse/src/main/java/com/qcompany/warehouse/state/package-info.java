/**
 * Where files lie below the root, and the small files that say what is published and who may publish: immutable JSON
 * files, snapshots, the order of source groups, leases. Knows no Kafka, JDBC or job.
 */
@NullMarked
package com.qcompany.warehouse.state;

import org.jspecify.annotations.NullMarked;
