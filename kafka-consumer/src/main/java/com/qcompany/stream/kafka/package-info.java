/** Configuration of Kafka clients: brokers, security and where secrets come from. */
@NullMarked
package com.qcompany.stream.kafka;

import org.jspecify.annotations.NullMarked;
