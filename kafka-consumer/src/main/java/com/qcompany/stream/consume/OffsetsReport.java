package com.qcompany.stream.consume;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.Position;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.compact.OpenFiles;
import com.qcompany.stream.compact.PartitionProgress;
import com.qcompany.stream.compact.Watermarks;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/** Prints how far a group has come in its topic, and what the oldest open hour waits for. */
record OffsetsReport(StreamFiles files, Instant now) {

    private static final String ROW = "%-9s %12s %12s %12s %12s  %-19s  %-19s  %s%n";
    private static final String NONE = "-";

    void print(TopicOffsets offsets) throws IOException {
        List<PartitionProgress> partitions = PartitionProgress.of(offsets).stream()
                .sorted(Comparator.comparingInt(PartitionProgress::partition))
                .toList();
        System.out.printf(
                ROW, "PARTITION", "BEGIN", "POSITION", "END", "LAG", "WATERMARK", "LAST RECORD (UTC)", "EPOCH");
        for (PartitionProgress partition : partitions) {
            Position position = position(partition);
            System.out.printf(
                    ROW,
                    partition.partition(),
                    partition.begin(),
                    partition.position().isPresent() ? position.next() : NONE,
                    partition.end(),
                    lag(partition),
                    time(position.watermarkMillis()),
                    time(position.lastRecordMillis()),
                    position.epoch().orElse(NONE));
        }
        List<EventHour> open = new OpenFiles(files).hours();
        if (!open.isEmpty()) {
            System.out.printf("%d hours are open, the oldest is %s.%n", open.size(), open.get(0));
            printWait(open.get(0), partitions);
        }
    }

    private void printWait(EventHour hour, List<PartitionProgress> partitions) throws IOException {
        Duration idle = StreamSettings.IDLE.get(files.conf());
        ZoneId zone = StreamSettings.ZONE.get(files.conf());
        Watermarks watermarks = new Watermarks(now, idle, zone);
        LocalDateTime wanted = hour.start().plusHours(1).plus(StreamSettings.GRACE.get(files.conf()));
        long wantedMillis = wanted.toInstant(ZoneOffset.UTC).toEpochMilli();
        List<PartitionProgress> waitedFor = partitions.stream()
                .filter(partition -> watermarks.of(partition).orElse(wantedMillis) < wantedMillis)
                .toList();
        if (waitedFor.isEmpty()) {
            System.out.println(
                    files.fs().exists(files.visible(hour))
                            ? "Every partition has passed it. Its events are late: a further file of them comes within 6 hours of its last one."
                            : "Every partition has passed it: the next round closes it, once all that is committed is published.");
        } else if (wanted.isAfter(LocalDateTime.ofInstant(now, zone))) {
            System.out.printf(
                    "It waits until %s, which is ahead of the clock.%n", wanted.truncatedTo(ChronoUnit.SECONDS));
            return;
        }
        for (PartitionProgress partition : waitedFor) {
            String reason = lag(partition) > 0
                    ? "%d records are not consumed yet".formatted(lag(partition))
                    : "its last record is younger than %d s".formatted(idle.toSeconds());
            System.out.printf(
                    "It waits until partition %d passes %s: %s%n",
                    partition.partition(), wanted.truncatedTo(ChronoUnit.SECONDS), reason);
        }
    }

    private static Position position(PartitionProgress partition) {
        return partition.position().orElse(Position.at(partition.begin()));
    }

    private static long lag(PartitionProgress partition) {
        return Math.max(0, partition.end() - position(partition).next());
    }

    private static String time(long millis) {
        return millis == Position.NOTHING
                ? NONE
                : LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000), 0, ZoneOffset.UTC)
                        .toString();
    }
}
