package com.qcompany.ops.daemons;

import com.qcompany.ops.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.utils.Utils;

/**
 * Program of the Kafka daemon: the embedded stack's broker in a process of its own, until a signal ends it.
 *
 * <p>Usage: {@code KafkaDaemon DIRECTORY PORT CONTROLLER_PORT PROPERTIES}; the file goes over the broker's own.
 */
public final class KafkaDaemon {

    private KafkaDaemon() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        EmbeddedKafka kafka = EmbeddedKafka.start(
                Path.of(args[0]),
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]),
                Utils.propsToStringMap(Utils.loadProps(args[3])));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "kafka-shutdown"));
        new CountDownLatch(1).await();
    }
}
