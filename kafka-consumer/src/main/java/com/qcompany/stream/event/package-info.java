/**
 * Events as they are in a Kafka record, as a row of table {@code kafka}, and as Parquet.
 *
 * <pre>
 * ConsumerRecord ─ EventParser ─┬─ EventRow ─ EventFileWriter ─ file of table kafka
 *                               └─ Rejection ─ RejectedEvents ─ row of rejected_events, or headers of a dead letter
 * </pre>
 *
 * <p>Knows no consumer, no offsets but the record's own, and no watermark. {@code kafka-consumer/docs/events.md} says
 * what is accepted and what is not.
 */
@NullMarked
package com.qcompany.stream.event;

import org.jspecify.annotations.NullMarked;
