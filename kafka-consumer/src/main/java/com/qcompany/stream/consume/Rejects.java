package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.event.Rejection;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Where an epoch's rejected events go: nothing that was taken is lost or passes in silence. */
interface Rejects {

    /** Keeps an event with its bytes and the reason. */
    void add(ConsumerRecord<byte[], byte[]> record, Rejection rejection) throws IOException;

    /** Whether so much is held in memory that the epoch should be committed. */
    boolean isFull();

    /** Closes and syncs its files, which the epoch publishes. */
    List<StagedFile> close() throws IOException;

    /** Records to be sent with the commit. */
    List<ProducerRecord<byte[], byte[]>> deadLetters();

    /** Lets go of what will never be published. */
    void abandon();
}
