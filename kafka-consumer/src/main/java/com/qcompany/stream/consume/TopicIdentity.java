package com.qcompany.stream.consume;

import java.io.IOException;

/** Asks which topic has the stream's name at the moment. */
@FunctionalInterface
interface TopicIdentity {

    /** Kafka's id of it; an IOException where the brokers do not answer or there is none. */
    String topicId() throws IOException;
}
