package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.stream.EventHour;
import com.qcompany.stream.Main;
import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;

/**
 * Events of many old hours in random order, landed and closed to the end. {@code -Dq.storm.events=20000
 * -Dq.storm.hours=17520} is the storm of two years; docs/compaction.md has the command.
 */
@WithStack
class StormTest {

    private static final int EVENTS = Integer.getInteger("q.storm.events", 300);
    private static final int HOURS = Integer.getInteger("q.storm.hours", 300);
    private static final EventHour FIRST = EventHour.parse("2022-07-04-00");

    private final EmbeddedStack stack;

    /** What is read of a closing. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Closed(String hour, long rows, long decidedMillis) {}

    StormTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void endsWithEveryEventOnceAndTheNewestHourClosedEarly() throws Exception {
        try (AppLog log = new AppLog(stack, 2)) {
            Configuration conf = log.with("q.stream.flush-seconds", "60", "q.stream.late-seconds", "0");
            TreeSet<EventHour> hours = send(log);

            long begin = System.nanoTime();
            assertThat(Main.run(conf, "consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());
            System.out.printf(
                    "%d events of %d hours in %d s%n",
                    EVENTS, hours.size(), (System.nanoTime() - begin) / 1_000_000_000);

            StreamFiles layout = StreamFiles.of(conf);
            FileSystem fs = layout.fs();
            assertThat(Listing.of(fs, layout.path("open"))).isEmpty();
            List<Closed> closings = new ArrayList<>();
            for (FileStatus date : Listing.of(fs, layout.warehouse().closedHours())) {
                closings.addAll(ImmutableFiles.all(fs, date.getPath(), Closed.class));
            }
            assertThat(closings)
                    .extracting(Closed::hour)
                    .containsAll(hours.stream().map(EventHour::toString).toList());
            assertThat(closings.stream().mapToLong(Closed::rows).sum()).isEqualTo(EVENTS);
            long newest = closings.stream()
                    .filter(closing -> closing.hour().equals(hours.last().toString()))
                    .mapToLong(Closed::decidedMillis)
                    .min()
                    .orElseThrow();
            assertThat(closings)
                    .filteredOn(closing -> closing.decidedMillis() < newest)
                    .hasSizeLessThan(hours.size() / 4);
            log.requireWhole();
        }
    }

    private static TreeSet<EventHour> send(AppLog log) throws Exception {
        Random random = new Random(4);
        TreeSet<EventHour> hours = new TreeSet<>();
        Future<?> last = null;
        for (int i = 0; i < EVENTS; i++) {
            EventHour hour = new EventHour(FIRST.number() + random.nextInt(HOURS));
            hours.add(hour);
            last = log.send(log.event(hour.start().plusSeconds(random.nextInt(3600))));
        }
        last.get();
        return hours;
    }
}
