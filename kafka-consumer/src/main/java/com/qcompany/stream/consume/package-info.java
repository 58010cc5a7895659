/**
 * The commit protocol: what a consumer thread consumes becomes visible once, whatever is killed.
 *
 * <ol>
 *   <li>{@link com.qcompany.stream.consume.EpochWriter} writes rows to hidden staging files of an {@link
 *       com.qcompany.stream.consume.Epoch}.
 *   <li>Sealing closes and syncs them and writes a manifest of what is to become what.
 *   <li>{@link com.qcompany.stream.consume.OffsetCommit} commits the offsets of all partitions at once; their metadata
 *       names the manifest. This is the commit point.
 *   <li>{@link com.qcompany.stream.consume.Manifests#publish} renames every file; doing it again changes nothing.
 *   <li>A thread that is assigned a partition reads its committed metadata and publishes the manifest it names before it
 *       consumes ({@link com.qcompany.stream.consume.Assignment}); a manifest that no commit names was never committed,
 *       and is discarded by its writer's successor ({@link com.qcompany.stream.consume.Leftovers}).
 * </ol>
 *
 * <p>{@link com.qcompany.stream.consume.ConsumerThread} is the state machine that does all this in order, again after
 * whatever fails; {@link com.qcompany.stream.consume.EventsConsumer} is the process around the threads.
 */
@NullMarked
package com.qcompany.stream.consume;

import org.jspecify.annotations.NullMarked;
