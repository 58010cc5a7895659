package com.qcompany.ops.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.HiveSession;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.stream.EventHour;
import com.qcompany.stream.compact.CompactionSummary;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Closing hours on a real NameNode and a real HiveServer2. */
@WithStack
class CompactionOnHdfsTest {

    private static final EventHour HOUR = EventHour.parse("2024-07-04-05");

    @Test
    void hiveSeesAClosedHourAsOneFile(EmbeddedStack stack) throws IOException {
        StreamWarehouse stream = StreamWarehouse.create(stack, "compact_close");
        stream.publish(HOUR, 2000);
        stream.publish(HOUR, 3000);

        CompactionSummary summary = stream.compactor.run();

        assertThat(summary.rows()).isEqualTo(5000);
        assertThat(summary.unregistered()).isZero();
        assertThat(stream.visible(HOUR)).hasSize(1);
        try (HiveSession hive = stream.openHive()) {
            assertThat(answer(hive, stream)).isEqualTo("[[5000, 5000, 12497500, 500]]");
        }
    }

    @Test
    void hiveSeesLateEventsAsOneFileMore(EmbeddedStack stack) throws IOException {
        StreamWarehouse stream = StreamWarehouse.create(stack, "compact_late");
        stream.publish(HOUR, 5001);
        stream.compactor.run();

        stream.publish(HOUR, 499);
        stream.publish(HOUR, 500);
        stream.wait(Duration.ofHours(1));
        stream.compactor.run();

        assertThat(stream.visible(HOUR)).hasSize(2);
        try (HiveSession hive = stream.openHive()) {
            assertThat(answer(hive, stream)).isEqualTo("[[6000, 6000, 17997000, 600]]");
        }
    }

    private static String answer(HiveSession hive, StreamWarehouse stream) throws IOException {
        return hive.query("SELECT count(*), count(DISTINCT kafka_offset), sum(kafka_offset), count(extras) "
                        + stream.from(HOUR))
                .rows()
                .toString();
    }
}
