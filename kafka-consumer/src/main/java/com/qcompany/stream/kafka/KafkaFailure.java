package com.qcompany.stream.kafka;

import com.qcompany.warehouse.command.StreamSettings;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.jspecify.annotations.Nullable;

/** Says in one sentence for an operator what Kafka refuses, and what would help. */
public final class KafkaFailure {

    private KafkaFailure() {}

    /** The failure in words, with the right that is missing or the setting to look at. */
    public static String describe(@Nullable Throwable failure) {
        if (failure instanceof AuthenticationException) {
            return "the broker refuses the password or certificate: %s (see %s)"
                    .formatted(failure.getMessage(), StreamSettings.KAFKA_PROPERTIES.key());
        }
        if (failure instanceof TopicAuthorizationException topics) {
            return "a right is missing on topics %s (READ and DESCRIBE to consume, WRITE for dead letters and replays)"
                    .formatted(topics.unauthorizedTopics());
        }
        if (failure instanceof GroupAuthorizationException group) {
            return "the right READ is missing on group %s".formatted(group.groupId());
        }
        if (failure instanceof TransactionalIdAuthorizationException) {
            return "the right WRITE is missing on the transactional id GROUP-INSTANCE-N, or GROUP-replay for a replay";
        }
        if (failure instanceof ClusterAuthorizationException) {
            return "the right IDEMPOTENT_WRITE is missing on the cluster";
        }
        if (failure instanceof TimeoutException) {
            return "no broker answers in time: %s (see %s)"
                    .formatted(failure.getMessage(), StreamSettings.BOOTSTRAP_SERVERS.key());
        }
        if (failure instanceof ConfigException) {
            return "%s (see %s)".formatted(failure.getMessage(), StreamSettings.KAFKA_PROPERTIES.key());
        }
        return String.valueOf(failure == null ? null : failure.getMessage());
    }

    /** Whether a failure stays until an operator changes a right, a secret or a property. */
    public static boolean isForOperator(Throwable failure) {
        return failure instanceof AuthenticationException
                || failure instanceof AuthorizationException
                || failure instanceof ConfigException;
    }
}
