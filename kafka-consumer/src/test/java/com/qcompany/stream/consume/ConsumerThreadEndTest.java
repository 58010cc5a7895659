package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.fake.FaultyFileSystem;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a thread ends that is to end at a time. */
class ConsumerThreadEndTest {

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
    void commitsWhatItHasConsumedAtItsEnd() throws Exception {
        consumeForASecond();

        assertThat(topic.committed(0)).isEqualTo(1);
    }

    @Test
    void endsWellThoughTheAnswerToItsLastCommitIsLost() throws Exception {
        conf.set(StreamSettings.SHUTDOWN.key(), "60");
        AtomicBoolean isLost = new AtomicBoolean();
        ConsumerThread.Clients answering = topic.clients(1);
        ConsumerThread.Clients losing = new ConsumerThread.Clients() {
            @Override
            public Consumer<byte[], byte[]> consumer(String instance) {
                return answering.consumer(instance);
            }

            @Override
            public OffsetCommit commit(Consumer<byte[], byte[]> consumer, String instance) {
                return (offsets, deadLetters) -> {
                    consumer.commitSync(offsets);
                    if (!isLost.getAndSet(true)) {
                        throw new TimeoutException("no answer");
                    }
                };
            }
        };
        EndCondition end = EndCondition.until(Instant.now().plusSeconds(1), Clock.systemUTC());

        new ConsumerThread(topic.context(conf, end), losing).call();

        assertThat(isLost).isTrue();
        assertThat(topic.committed(0)).isEqualTo(1);
        Manifests manifests = new Manifests(StreamFiles.of(conf), Clock.systemUTC());
        assertThat(manifests.pending()).isEmpty();
        assertThat(manifests.done()).hasSize(1);
    }

    @Test
    void endsWellThoughAnotherHasCommittedWhatItHadToDrop() throws Exception {
        conf.set(StreamSettings.SHUTDOWN.key(), "60");
        EndCondition end = EndCondition.untilCaughtUp(topic.ends(), Clock.systemUTC());
        ConsumerThread.Clients connected = topic.clients(1);
        ConsumerThread.Clients fenced = new ConsumerThread.Clients() {
            @Override
            public Consumer<byte[], byte[]> consumer(String instance) {
                return connected.consumer(instance);
            }

            @Override
            public OffsetCommit commit(Consumer<byte[], byte[]> consumer, String instance) {
                return (offsets, deadLetters) -> {
                    topic.ends().forEach(end::committed);
                    throw new CommitFailedException("another member has its partitions");
                };
            }
        };

        new ConsumerThread(topic.context(conf, end), fenced).call();

        assertThat(end.isReached()).isTrue();
    }

    @Test
    void doesNotEndAsAskedWhileTheFileSystemFails() throws Exception {
        StreamOwner.claim(StreamFiles.of(conf));
        FaultyFileSystem.failToCreate(new IOException("No space left on device"), conf);

        assertThatThrownBy(this::consumeForASecond)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot ")
                .hasRootCauseMessage("No space left on device");

        assertThat(topic.committed(0)).isZero();
    }

    @Test
    void givesUpOnADiskThatStaysFullThoughItCanBeRead() throws Exception {
        conf.set(StreamSettings.OUTAGE.key(), "1");
        StreamOwner.claim(StreamFiles.of(conf));
        FaultyFileSystem.failToCreate(new IOException("No space left on device"), conf);
        EndCondition end = EndCondition.until(Instant.now().plusSeconds(10), Clock.systemUTC());

        assertThatThrownBy(() -> new ConsumerThread(topic.context(conf, end), topic.clients(1)).call())
                .hasMessageContaining("Cannot go on: an outage has lasted");
    }

    @Test
    void doesNotTryForEverToConnectOnceItIsToEnd() throws Exception {
        ConsumerThread.Clients connected = topic.clients(1);
        ConsumerThread.Clients unconnected = new ConsumerThread.Clients() {
            @Override
            public Consumer<byte[], byte[]> consumer(String instance) {
                return connected.consumer(instance);
            }

            @Override
            public OffsetCommit commit(Consumer<byte[], byte[]> consumer, String instance) {
                throw new TimeoutException("no broker answers");
            }
        };
        EndCondition end = EndCondition.until(Instant.now().plusMillis(100), Clock.systemUTC());

        assertThatThrownBy(() -> new ConsumerThread(topic.context(conf, end), unconnected).call())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot end as asked");
    }

    private void consumeForASecond() throws Exception {
        Clock clock = Clock.systemUTC();
        EndCondition end = EndCondition.until(clock.instant().plusSeconds(1), clock);
        new ConsumerThread(topic.context(conf, end), topic.clients(1)).call();
    }
}
