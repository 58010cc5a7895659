package com.qcompany.stream.consume;

import com.qcompany.stream.StreamLayout;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.command.StreamSettings.RejectTo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;

/**
 * What one consumer thread works with.
 *
 * @param instance its name in the group and in staging
 * @param owner whose root it is
 * @param topicIdentity which topic it consumes
 * @param deadLettersRefused whether the dead-letter topic has refused some, so that the table takes them
 * @param steps is told of every step of the protocol
 */
record WorkerContext(
        Configuration conf,
        String instance,
        StreamLayout layout,
        EndCondition end,
        Manifests manifests,
        LostOffsets losses,
        StreamMetrics metrics,
        Outage outage,
        Clock clock,
        StreamOwner owner,
        TopicIdentity topicIdentity,
        AtomicBoolean deadLettersRefused,
        ProtocolStep.Listener steps) {

    String topic() {
        return StreamSettings.TOPIC.get(conf);
    }

    EpochLimits limits() {
        return EpochLimits.of(conf);
    }

    StartingPositions starting() {
        return new StartingPositions(StreamSettings.START.get(conf), StreamSettings.LOST_OFFSETS.get(conf));
    }

    Duration shutdown() {
        return StreamSettings.SHUTDOWN.get(conf);
    }

    Epoch newEpoch(Instant begin) {
        String id = EpochId.of(instance, begin);
        StagedNames names = new StagedNames(layout, instance, id);
        EpochLimits limits = limits();
        Rejects table = new RejectedTable(names, id, conf);
        Rejects rejects = StreamSettings.REJECT_TO.get(conf) == RejectTo.TABLE || deadLettersRefused.get()
                ? table
                : new RejectedTopic(StreamSettings.deadLetterTopic(conf), limits.deadLetterBytes(), table);
        return new Epoch(id, instance, begin, new EpochFiles(names, limits, conf), rejects);
    }
}
