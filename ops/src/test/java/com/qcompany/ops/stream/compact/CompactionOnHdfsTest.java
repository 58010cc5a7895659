package com.qcompany.ops.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.hive.HiveSession;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.StackExtension;
import com.qcompany.stream.EventHour;
import com.qcompany.stream.compact.CompactionSummary;
import com.qcompany.stream.compact.LiveVisibility;
import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Closing hours on a real NameNode and a real HiveServer2. */
@ExtendWith(StackExtension.class)
class CompactionOnHdfsTest {

    private static final EventHour HOUR = EventHour.parse("2024-07-04-05");

    @Test
    void hiveSeesAClosedHourAsOneFileInTheOrderOfItsEvents(EmbeddedStack stack) throws IOException {
        StreamWarehouse stream = StreamWarehouse.create(stack, "compact_close", "on-close");
        stream.publish(HOUR, 2000);
        stream.publish(HOUR, 3000);

        CompactionSummary summary = stream.compactor.run();

        assertThat(summary.rows()).isEqualTo(5000);
        assertThat(summary.unregistered()).isZero();
        assertThat(stream.visible(HOUR)).hasSize(1);
        try (HiveSession hive = stream.openHive()) {
            assertThat(answer(hive, stream)).isEqualTo("[[5000, 5000, 12497500, 500]]");
            assertThat(hive.query("SELECT `timestamp` " + stream.from(HOUR)).rows())
                    .hasSize(5000)
                    .isSortedAccordingTo((a, b) -> a.get(0).compareTo(b.get(0)));
        }
    }

    @Test
    void joiningVisibleFilesChangesNoAnswer(EmbeddedStack stack) throws IOException {
        StreamWarehouse stream = StreamWarehouse.create(stack, "compact_live", "live");
        stream.publish(HOUR, 2000, 16 << 10);
        stream.publish(HOUR, 1);
        stream.publish(HOUR, 3000, 16 << 10);
        stream.register();
        try (HiveSession hive = stream.openHive()) {
            String before = answer(hive, stream);

            stream.compactor.run();
            String joined = answer(hive, stream);
            stream.publish(HOUR, 999);
            stream.wait(Duration.ofHours(1));
            stream.compactor.run();

            assertThat(before).isEqualTo("[[5001, 5001, 12502500, 501]]");
            assertThat(joined).isEqualTo(before);
            assertThat(stream.visible(HOUR)).hasSize(1);
            assertThat(answer(hive, stream)).isEqualTo("[[6000, 6000, 17997000, 600]]");
        }
    }

    @Test
    void filesThatASnapshotHoldsStayAsTheyAre(EmbeddedStack stack) throws IOException {
        StreamWarehouse stream = StreamWarehouse.create(stack, "compact_snapshot", "live");
        DistributedFileSystem hdfs = (DistributedFileSystem) stream.fs;
        Path tables = stream.layout.warehouse().root();
        stream.publish(HOUR, 10);
        stream.publish(HOUR, 10);
        hdfs.allowSnapshot(tables);
        hdfs.createSnapshot(tables, "held");

        assertThatThrownBy(stream.compactor::run).hasMessageContaining("Cannot join 2 files of hour 2024-07-04-05");

        assertThat(stream.fs.listStatus(stream.layout.visible(HOUR))).hasSize(2);
        assertThat(stream.fs.listStatus(
                        stream.layout.closings(), path -> !path.getName().equals("done")))
                .isEmpty();
        hdfs.deleteSnapshot(tables, "held");
        assertThat(stream.compactor.run().files()).isEqualTo(2);
    }

    @Test
    void liveFilesNeedHdfs(EmbeddedStack stack) throws IOException {
        StreamWarehouse stream = StreamWarehouse.create(stack, "compact_check", "live");

        LiveVisibility.check(stream.fs, stream.layout.visible(HOUR));
        assertThatThrownBy(() -> LiveVisibility.check(FileSystem.getLocal(new Configuration()), new Path("/tmp/q")))
                .hasMessageContaining("set q.stream.visibility to on-close");
    }

    private static String answer(HiveSession hive, StreamWarehouse stream) throws IOException {
        return hive.query("SELECT count(*), count(DISTINCT kafka_offset), sum(kafka_offset), count(extras) "
                        + stream.from(HOUR))
                .rows()
                .toString();
    }
}
