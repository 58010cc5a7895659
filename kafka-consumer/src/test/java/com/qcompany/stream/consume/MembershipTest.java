package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembershipTest {

    @TempDir
    private java.nio.file.Path root;

    @Test
    void flushesThoughTheClockWasSetBack() throws IOException {
        Configuration conf = new Configuration();
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        conf.set(Settings.ROOT.key(), root.toUri().toString());
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2024-07-04T18:00:00Z"));
        InstantSource source = now::get;
        Clock clock = source.withZone(ZoneOffset.UTC);
        StreamFiles files = StreamFiles.of(conf);
        ConsumerContext context = new ConsumerContext(
                "one",
                files,
                StreamOwner.claim(files),
                () -> FakeTopic.ID,
                EndCondition.until(Instant.MAX, clock),
                new StreamMetrics(clock),
                clock);
        Consumer<byte[], byte[]> consumer = new MockConsumer<>("none");
        Duration interval = StreamSettings.FLUSH_INTERVAL.get(conf);
        try (Membership membership =
                new Membership(context, consumer, OffsetCommit.by(consumer), new EpochWriter(context))) {
            assertThat(membership.isFlushDue(false)).isFalse();
            now.set(now.get().minus(interval));
            assertThat(membership.isFlushDue(false)).isTrue();
        }
    }
}
