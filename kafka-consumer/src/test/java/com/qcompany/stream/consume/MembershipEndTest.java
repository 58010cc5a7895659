package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a membership ends that is to end at a time. */
class MembershipEndTest {

    @TempDir
    private java.nio.file.Path root;

    private final Configuration conf = new Configuration();
    private final FakeTopic topic = new FakeTopic(1);

    @BeforeEach
    void configure() {
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        conf.setBoolean("fs.file.impl.disable.cache", true);
        conf.set(Settings.ROOT.key(), root.toUri().toString());
        conf.set(StreamSettings.TOPIC.key(), FakeTopic.NAME);
        conf.set(StreamSettings.SHUTDOWN.key(), "0");
        topic.append(0, "{\"eventType\":\"purchase\"}");
    }

    @Test
    void commitsWhatItHasConsumedAtItsEnd() throws IOException {
        MockConsumer<byte[], byte[]> consumer = topic.consumer(1);

        consumeForASecond(consumer);

        assertThat(topic.committed(0)).isEqualTo(1);
    }

    @Test
    void doesNotEndAsAskedWhileTheFileSystemFails() throws IOException {
        StreamOwner.claim(StreamFiles.of(conf).fs(), StreamFiles.of(conf).layout(), "g");
        conf.setClass("fs.file.impl", FullFileSystem.class, FileSystem.class);
        MockConsumer<byte[], byte[]> consumer = topic.consumer(1);

        assertThatThrownBy(() -> consumeForASecond(consumer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot ");

        assertThat(topic.committed(0)).isZero();
    }

    private void consumeForASecond(MockConsumer<byte[], byte[]> consumer) throws IOException {
        Clock clock = Clock.systemUTC();
        StreamFiles files = StreamFiles.of(conf);
        StreamMetrics metrics = new StreamMetrics(new SimpleMeterRegistry(), clock);
        WorkerContext context = new WorkerContext(
                conf,
                "one",
                files.layout(),
                EndCondition.until(clock.instant().plusSeconds(1), clock),
                files.manifests(conf, clock, step -> {}),
                new LostOffsets(files.fs(), files.layout()),
                metrics,
                new Outage(clock, Duration.ZERO),
                clock,
                StreamOwner.claim(files.fs(), files.layout(), "g"),
                () -> FakeTopic.ID,
                new AtomicBoolean(),
                step -> {});
        new Membership(consumer, new ConsumerCommit(consumer), context, new EpochWriter(conf, metrics)).run();
    }

    /** Has no room for a new file. */
    public static final class FullFileSystem extends LocalFileSystem {

        @Override
        public FSDataOutputStream create(
                Path file,
                FsPermission permission,
                boolean overwrite,
                int bufferSize,
                short replication,
                long blockSize,
                Progressable progress)
                throws IOException {
            throw new IOException("No space left on device");
        }
    }
}
