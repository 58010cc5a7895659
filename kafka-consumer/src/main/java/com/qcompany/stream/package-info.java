/**
 * The app-log stream: a Kafka topic of JSON events to hourly Parquet on HDFS, every event once, whatever is killed.
 *
 * <pre>
 * topic ─ poll ─ parse ─┬─ stream/staging/INSTANCE/EPOCH/*.parquet      hidden, one file an hour     (event, consume)
 *                       └─ rejected: rejected_events or the dead-letter topic
 *   flush:   close, sync ─ stream/manifests/EPOCH.json ─ one offset commit that names EPOCH  ← the commit point
 *   publish: rename to stream/open/HOUR/ ─ manifest to stream/done/
 *   assigned: read the committed EPOCH, roll its manifest forward, only then consume
 *   close:   an hour that the watermark has passed becomes one file of table kafka               (compact)
 *   register: ADD PARTITION through Hive; a metastore outage delays it
 * </pre>
 *
 * <p>An <b>epoch</b> is what one consumer thread took between two commits. Its files are published by renames that can
 * be repeated, so that whoever is killed, the next owner of a partition completes exactly what was committed.
 *
 * <p>Packages: {@code event} knows records and rows but no consumer; {@code consume} is the protocol; {@code compact}
 * closes hours; {@code replay} sends rejected events again; {@code kafka} configures clients.
 */
@NullMarked
package com.qcompany.stream;

import org.jspecify.annotations.NullMarked;
