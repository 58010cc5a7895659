package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.Settings;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostOffsetsTest {

    private static final TopicPartition PARTITION = new TopicPartition("app-logs", 3);

    @TempDir
    java.nio.file.Path root;

    private StreamFiles files;
    private LostOffsets losses;

    @BeforeEach
    void open() throws IOException {
        Configuration conf = new Configuration(false);
        conf.set(Settings.ROOT.key(), root.toUri().toString());
        files = StreamFiles.of(conf);
        losses = new LostOffsets(files);
    }

    @Test
    void recordsARangeOnce() throws IOException {
        losses.record("", PARTITION, 10, 20);
        losses.record("", PARTITION, 10, 20);

        assertThat(losses.all()).containsExactly(new LostOffsets.Range("app-logs", "", 3, 10, 20));
    }

    @Test
    void recordsALossThatHasGrownBeforeItWasCommitted() throws IOException {
        losses.record("", PARTITION, 10, 20);
        losses.record("", PARTITION, 10, 25);

        assertThat(losses.all()).extracting(LostOffsets.Range::to).containsExactly(20L, 25L);
    }

    @Test
    void passesOverARecordThatWasBeingWrittenWhenItsProcessWasKilled() throws IOException {
        losses.record("", PARTITION, 10, 20);
        files.fs()
                .create(new Path(files.path("lost"), ".app-logs-3-30.json.torn"))
                .close();

        assertThat(losses.all()).hasSize(1);
    }
}
