package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.stream.consume.OffsetCommit.DeadLettersRefusedException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

class TransactionalCommitTest {

    @Test
    void aTopicRefusesALetterThatIsTooLarge() {
        assertThatThrownBy(() -> commit(new RecordTooLargeException("too large")))
                .isInstanceOf(DeadLettersRefusedException.class);
    }

    @Test
    void aTopicRefusesNothingWhereTheTransactionWasEndedDuringAPause() {
        assertThatThrownBy(() -> commit(new InvalidProducerEpochException("an old epoch")))
                .isInstanceOf(InvalidProducerEpochException.class);
    }

    private static void commit(ApiException answer) {
        MockProducer<byte[], byte[]> producer = new MockProducer<>() {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> letter, Callback callback) {
                callback.onCompletion(null, answer);
                return CompletableFuture.failedFuture(answer);
            }
        };
        try (OffsetCommit commit = new TransactionalCommit(new MockConsumer<>("none"), producer)) {
            commit.commit(Map.of(), List.of(new ProducerRecord<>("letters", new byte[] {'x'})));
        }
    }
}
