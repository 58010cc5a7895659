package com.qcompany.stream.consume;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.Position;
import com.qcompany.stream.StreamLayout;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.kafka.common.TopicPartition;

/** Prints how far a group has come in its topic, and what the oldest open hour waits for. */
record OffsetsReport(Configuration conf, FileSystem fs, StreamLayout layout, Clock clock) {

    private static final String ROW = "%-9s %12s %12s %12s %12s  %-19s  %-19s  %s%n";
    private static final String NONE = "-";

    /** One line a partition: where it stands. */
    private record Line(TopicPartition partition, long begin, long end, Position position, boolean isKnown) {

        long lag() {
            return Math.max(0, end - position.next());
        }
    }

    void print(TopicOffsets offsets) throws IOException, InterruptedException {
        List<Line> lines = lines(offsets);
        System.out.printf(
                ROW, "PARTITION", "BEGIN", "POSITION", "END", "LAG", "WATERMARK", "LAST RECORD (UTC)", "EPOCH");
        for (Line line : lines) {
            Position position = line.position();
            System.out.printf(
                    Locale.ROOT,
                    ROW,
                    line.partition().partition(),
                    line.begin(),
                    line.isKnown() ? position.next() : NONE,
                    line.end(),
                    line.lag(),
                    time(position.watermarkMillis()),
                    time(position.lastRecordMillis()),
                    position.epoch().orElse(NONE));
        }
        TreeSet<EventHour> open = openHours();
        if (!open.isEmpty()) {
            printWait(open, lines);
        }
    }

    private static List<Line> lines(TopicOffsets offsets) throws IOException, InterruptedException {
        Map<TopicPartition, Position> positions = offsets.positions();
        Map<TopicPartition, Long> begins = offsets.begins();
        Map<TopicPartition, Long> ends = offsets.ends();
        return offsets.partitions().stream()
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .map(partition -> {
                    long begin = TopicOffsets.require(begins, partition);
                    return new Line(
                            partition,
                            begin,
                            TopicOffsets.require(ends, partition),
                            positions.getOrDefault(partition, Position.at(begin)),
                            positions.containsKey(partition));
                })
                .toList();
    }

    private void printWait(TreeSet<EventHour> open, List<Line> lines) {
        EventHour oldest = open.first();
        LocalDateTime wanted = oldest.start().plusHours(1).plus(StreamSettings.GRACE.get(conf));
        long wantedMillis = wanted.toInstant(ZoneOffset.UTC).toEpochMilli();
        List<Line> waitedFor =
                lines.stream().filter(line -> isWaitedFor(line, wantedMillis)).toList();
        System.out.printf("%d hours are open, the oldest is %s.%n", open.size(), oldest);
        if (waitedFor.isEmpty()) {
            System.out.println("Every partition has passed it: the next round closes it.");
        }
        for (Line line : waitedFor) {
            System.out.printf(
                    "It waits until partition %d passes %s: %s%n",
                    line.partition().partition(),
                    wanted.truncatedTo(ChronoUnit.SECONDS),
                    line.lag() > 0
                            ? "%d records are not consumed yet".formatted(line.lag())
                            : "its last record is younger than %d s"
                                    .formatted(StreamSettings.IDLE.get(conf).toSeconds()));
        }
    }

    /** A partition that is consumed and quiet holds nothing; nor does one that never had a record. */
    private boolean isWaitedFor(Line line, long wantedMillis) {
        if (line.position().watermarkMillis() >= wantedMillis) {
            return false;
        }
        long quietMillis = clock.millis() - StreamSettings.IDLE.get(conf).toMillis();
        ZoneId zone = StreamSettings.ZONE.get(conf);
        long quietLocal =
                quietMillis + zone.getRules().getOffset(clock.instant()).getTotalSeconds() * 1000L;
        boolean isQuiet = line.lag() == 0 && line.position().lastRecordMillis() <= quietMillis;
        return !isQuiet || quietLocal < wantedMillis && line.isKnown();
    }

    private TreeSet<EventHour> openHours() throws IOException {
        TreeSet<EventHour> hours = new TreeSet<>();
        for (FileStatus date : Listing.of(fs, layout.open())) {
            for (FileStatus hour : Listing.of(fs, date.getPath())) {
                hours.add(EventHour.ofPartition(value(date), value(hour)));
            }
        }
        return hours;
    }

    private static String value(FileStatus directory) {
        String name = directory.getPath().getName();
        return name.substring(name.indexOf('=') + 1);
    }

    private static String time(long millis) {
        return millis == Position.NOTHING
                ? NONE
                : LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000), 0, ZoneOffset.UTC)
                        .toString();
    }
}
