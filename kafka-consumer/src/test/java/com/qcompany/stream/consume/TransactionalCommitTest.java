package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;
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

    private ApiException refusal;

    private final MockProducer<byte[], byte[]> producer = new MockProducer<>() {
        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> letter, Callback callback) {
            callback.onCompletion(null, refusal);
            return CompletableFuture.failedFuture(refusal);
        }
    };

    @Test
    void aTopicRefusesALetterThatIsTooLarge() {
        assertThatThrownBy(() -> commit(new RecordTooLargeException("too large")))
                .isInstanceOf(DeadLettersRefusedException.class);
    }

    @Test
    void aTopicRefusesNothingWhereTheTransactionWasEndedDuringAPause() {
        assertThatThrownBy(() -> commit(new InvalidProducerEpochException("an old epoch")))
                .isInstanceOf(InvalidProducerEpochException.class);
        assertThat(producer.transactionAborted())
                .as("which fails where another process has taken the name")
                .isTrue();
    }

    private void commit(ApiException answer) {
        refusal = answer;
        try (OffsetCommit commit = new TransactionalCommit(new MockConsumer<>("none"), producer)) {
            commit.commit(Map.of(), List.of(new ProducerRecord<>("letters", new byte[] {'x'})));
        }
    }
}
