package com.qcompany.batch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoursToolTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Warehouse warehouse;

    @BeforeEach
    void fillADay() throws Exception {
        warehouse = new Warehouse(directory);
        for (int hour = 0; hour < 24; hour++) {
            if (hour != 5) {
                warehouse.drop("group" + hour, "content " + hour);
                warehouse.ingest(warehouse.fs, "2024-07-03-%02d".formatted(hour), false);
            }
        }
    }

    @Test
    void saysWhichHoursAreNotLoadedAndWhy() throws Exception {
        publish(22, new TreeSet<>(Set.of(3L)));

        assertThat(hours(
                        "--date",
                        "2024-07-03",
                        "--out",
                        directory.resolve("out").toString()))
                .isEqualTo(ExitCode.OK.code());

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        Not loaded of 2024-07-03:
                          2024-07-03-02: group2 is refused
                          2024-07-03-05: no group came
                          2024-07-03-23: group23 is not loaded yet
                        """);
        assertThat(directory.resolve("out/missing_hours.csv"))
                .hasContent("source_hour,why\r\n2024-07-03-02,group2 is refused\r\n2024-07-03-05,no group came\r\n"
                        + "2024-07-03-23,group23 is not loaded yet\r\n");
    }

    @Test
    void aWholeDayIsAHeader() throws Exception {
        warehouse.drop("group5", "content 5");
        warehouse.ingest(warehouse.fs, "2024-07-03-05", false);
        publish(24, new TreeSet<>());

        hours("--date", "2024-07-03", "--out", directory.resolve("out").toString());

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("Every hour of 2024-07-03 is loaded\n");
        assertThat(directory.resolve("out/missing_hours.csv")).hasContent("source_hour,why\r\n");
    }

    @Test
    void looksAtTheHoursOfTheRunningDayThatHaveBegun() throws Exception {
        publish(23, new TreeSet<>());

        hours("--date", "2024-07-04");

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("Not loaded of 2024-07-04 so far:\n  2024-07-04-00: no group came\n")
                .endsWith("  2024-07-04-18: no group came\n");
    }

    @Test
    void refusesWhatIsNoDateOrHasNotBegun() throws Exception {
        assertThatThrownBy(() -> hours("--date", "yesterday")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> hours("--date", "2024-07-05")).isInstanceOf(UsageException.class);
    }

    private int hours(String... args) throws Exception {
        Configuration conf = new Configuration();
        conf.set("q.root", directory.resolve("q").toUri().toString());
        return ToolRunner.run(
                conf, new HoursTool(Warehouse.CLOCK, new PrintStream(printed, true, StandardCharsets.UTF_8)), args);
    }

    private void publish(long decidedUpTo, TreeSet<Long> refused) throws Exception {
        Snapshots.write(
                warehouse.fs,
                warehouse.layout,
                new Snapshot(
                        Snapshot.FORMAT,
                        1,
                        0,
                        new TreeMap<>(),
                        new TreeMap<>(),
                        decidedUpTo,
                        new TreeSet<>(),
                        refused,
                        List.of()));
    }
}
