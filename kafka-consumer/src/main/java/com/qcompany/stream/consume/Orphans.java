package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Position;
import com.qcompany.stream.StreamLayout;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes what threads have left that never come back under their name: committed epochs are published; those that were
 * sealed and not committed are removed once the group has gone past their begin, so that they never can be; those that
 * were not even sealed are removed when they are old.
 */
final class Orphans {

    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
    private static final Duration LEAST_AGE = Duration.ofHours(1);
    private static final int EPOCHS_TO_BE_OLD = 10;

    private final FileSystem fs;
    private final StreamLayout layout;
    private final Manifests manifests;
    private final Duration age;
    private final Clock clock;

    /** Unsealed epochs count as left at many times the configured length. */
    static Orphans of(Configuration conf, FileSystem fs, StreamLayout layout, Manifests manifests, Clock clock) {
        Duration age = StreamSettings.FLUSH_INTERVAL.get(conf).multipliedBy(EPOCHS_TO_BE_OLD);
        return new Orphans(fs, layout, manifests, age.compareTo(LEAST_AGE) > 0 ? age : LEAST_AGE, clock);
    }

    /** @param age age of an unsealed epoch from which it counts as left; many times the longest epoch */
    Orphans(FileSystem fs, StreamLayout layout, Manifests manifests, Duration age, Clock clock) {
        this.fs = fs;
        this.layout = layout;
        this.manifests = manifests;
        this.age = age;
        this.clock = clock;
    }

    /**
     * Does it once; doing it again finds nothing.
     *
     * @return epochs published
     */
    int adopt(TopicOffsets offsets) throws IOException, InterruptedException {
        Map<TopicPartition, Position> committed = offsets.positionsInAllTopics();
        int published = 0;
        for (String epoch : manifests.pending()) {
            Optional<Manifest> manifest = manifests.find(epoch);
            if (manifest.isPresent() && isNamed(epoch, committed)) {
                manifests.publish(manifest.get());
                published++;
            } else if (manifest.isPresent() && isPassed(manifest.get(), committed)) {
                manifests.discard(manifest.get());
            }
        }
        Collection<String> sealed = manifests.pending();
        for (FileStatus instance : Listing.of(fs, layout.stagingRoot())) {
            for (FileStatus directory :
                    Listing.of(fs, layout.staging(instance.getPath().getName()))) {
                String epoch = directory.getPath().getName();
                if (isOld(EpochId.begin(epoch)) && !sealed.contains(epoch)) {
                    fs.delete(directory.getPath(), true);
                    LOG.info("Removed {}, which was never committed", directory.getPath());
                }
            }
        }
        return published;
    }

    private static boolean isNamed(String epoch, Map<TopicPartition, Position> committed) {
        return committed.values().stream()
                .flatMap(position -> position.epoch().stream())
                .anyMatch(epoch::equals);
    }

    /** Whether a partition went on without the epoch: it was read before the manifests were, so that none is missed. */
    private static boolean isPassed(Manifest manifest, Map<TopicPartition, Position> committed) {
        return manifest.ranges().stream().anyMatch(range -> {
            Position position = committed.get(new TopicPartition(range.topic(), range.partition()));
            return position != null && position.next() > range.from();
        });
    }

    private boolean isOld(Instant begin) {
        return begin.plus(age).isBefore(clock.instant());
    }
}
