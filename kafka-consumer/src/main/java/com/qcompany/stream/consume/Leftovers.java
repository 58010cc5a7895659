package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.stream.Position;
import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.commons.lang3.ObjectUtils;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finishes what threads that died have left: publishes what they had committed, removes the rest. */
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Duration MIN_AGE = Duration.ofHours(1);
    private static final int EPOCHS_TO_BE_OLD = 10;

    private final StreamFiles files;
    private final Manifests manifests;
    private final Duration maxAge;
    private final Clock clock;

    Leftovers(StreamFiles files, Manifests manifests, Clock clock) {
        this.files = files;
        this.manifests = manifests;
        Duration epochs = StreamSettings.FLUSH_INTERVAL.get(files.conf()).multipliedBy(EPOCHS_TO_BE_OLD);
        this.maxAge = ObjectUtils.max(epochs, MIN_AGE);
        this.clock = clock;
    }

    /**
     * Finishes what earlier lives of a thread have left. Its consumer has joined the group and so fenced them: what is not
     * committed now never will be. To be called before the thread stages anything.
     *
     * @return whether epochs were discarded, so that their records are consumed again
     */
    boolean finishOwn(String instance, Consumer<?, ?> consumer) throws IOException {
        boolean isDiscarded = false;
        for (Manifest manifest : manifests.pending()) {
            if (manifest.instance().equals(instance)) {
                if (isNamed(manifest.epoch(), committed(manifest, consumer))) {
                    manifests.publish(manifest);
                } else {
                    manifests.discard(manifest);
                    isDiscarded = true;
                }
            }
        }
        removeUnsealed(files.path("staging/" + instance), epoch -> true);
        return isDiscarded;
    }

    /**
     * Finishes what threads have left that may never come back under their name. A sealed epoch is removed once the group
     * has gone past its begin without it, one that was not even sealed when it is many times older than epochs become.
     * Doing it again finds nothing.
     *
     * @param committed the group's positions in all topics
     * @return epochs published
     */
    int adopt(Map<TopicPartition, Position> committed) throws IOException {
        int published = 0;
        for (Manifest manifest : manifests.pending()) {
            if (isNamed(manifest.epoch(), committed.values())) {
                manifests.publish(manifest);
                published++;
            } else if (isPassed(manifest, committed)) {
                manifests.discard(manifest);
            }
        }
        Instant oldest = clock.instant().minus(maxAge);
        for (FileStatus instance : Listing.of(files.fs(), files.path("staging"))) {
            removeUnsealed(instance.getPath(), epoch -> EpochId.begin(epoch).isBefore(oldest));
        }
        return published;
    }

    private void removeUnsealed(Path staging, Predicate<String> isLeft) throws IOException {
        List<String> sealed = Manifest.pending(files);
        for (FileStatus directory : Listing.of(files.fs(), staging)) {
            String epoch = directory.getPath().getName();
            if (!sealed.contains(epoch) && isLeft.test(epoch)) {
                files.fs().delete(directory.getPath(), true);
                LOG.info("Removed {}: its epoch was not sealed, its records are consumed again", directory.getPath());
            }
        }
    }

    private static List<Position> committed(Manifest manifest, Consumer<?, ?> consumer) {
        Set<TopicPartition> partitions =
                manifest.ranges().stream().map(OffsetRange::topicPartition).collect(Collectors.toSet());
        return consumer.committed(partitions).values().stream()
                .filter(Objects::nonNull)
                .map(Position::of)
                .toList();
    }

    private static boolean isNamed(String epoch, Collection<Position> committed) {
        return committed.stream()
                .anyMatch(position -> position.epoch().filter(epoch::equals).isPresent());
    }

    /** Whether a partition went on without the epoch: its position was read before the manifests were. */
    private static boolean isPassed(Manifest manifest, Map<TopicPartition, Position> committed) {
        return manifest.ranges().stream().anyMatch(range -> {
            Position position = committed.get(range.topicPartition());
            return position != null && position.next() > range.from();
        });
    }
}
