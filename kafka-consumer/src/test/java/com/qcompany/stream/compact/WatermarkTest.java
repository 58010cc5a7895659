package com.qcompany.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.Position;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatermarkTest {

    private static final Instant NOW = Instant.parse("2024-07-04T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final ZoneId UTC = ZoneOffset.UTC;
    private static final Instant JUST_NOW = NOW.minusSeconds(1);
    private static final Instant LONG_AGO = NOW.minusSeconds(301);

    @Test
    void isTheLeastOfAllPartitions() {
        assertThat(watermark(behind("11:40"), behind("10:20"), behind("11:00"))).isEqualTo(millis("10:20"));
    }

    @Test
    void ofAConsumedPartitionIsItsOwnWhileRecordsKeepComing() {
        assertThat(watermark(consumed("10:20", JUST_NOW), behind("11:00"))).isEqualTo(millis("10:20"));
    }

    @Test
    void isNotHeldBackByAConsumedPartitionThatIsQuiet() {
        assertThat(watermark(consumed("10:20", LONG_AGO), behind("11:00"))).isEqualTo(millis("11:00"));
        assertThat(watermark(consumed("10:20", LONG_AGO))).isEqualTo(millis("11:55"));
    }

    @Test
    void ofAQuietPartitionDoesNotGoBack() {
        assertThat(watermark(consumed("11:58", LONG_AGO))).isEqualTo(millis("11:58"));
    }

    @Test
    void isHeldBackByAQuietPartitionThatIsNotConsumed() {
        PartitionProgress stuck = progress(0, 10, Optional.of(position(9, "10:20", LONG_AGO)));

        assertThat(watermark(stuck, behind("11:00"))).isEqualTo(millis("10:20"));
    }

    @Test
    void isNotHeldBackByAPartitionThatNeverHadARecord() {
        PartitionProgress empty = progress(0, 0, Optional.empty());

        assertThat(watermark(empty, behind("11:58"))).isEqualTo(millis("11:58"));
        assertThat(watermark(empty)).isEqualTo(millis("11:55"));
    }

    @Test
    void isNotHeldBackByAPartitionAllOfWhoseRecordsHaveExpired() {
        assertThat(watermark(progress(7, 7, Optional.empty()), behind("11:58"))).isEqualTo(millis("11:58"));
    }

    @Test
    void holdsEveryHourWhereRecordsWaitAndNothingWasCommitted() {
        assertThat(watermark(progress(0, 1, Optional.empty()), behind("11:00"))).isEqualTo(Position.NOTHING);
        assertThat(watermark(progress(0, 9, Optional.of(Position.at(3))), behind("11:00")))
                .isEqualTo(Position.NOTHING);
    }

    @Test
    void countsQuietTimeInTheZoneOfTheEvents() {
        Watermark kolkata = Watermark.of(List.of(consumed("10:20", LONG_AGO)), CLOCK, IDLE, ZoneId.of("Asia/Kolkata"));

        assertThat(kolkata.millis()).isEqualTo(millis("17:25"));
    }

    @Test
    void closesAnHourWhenItHasPassedItsEndByTheGrace() {
        EventHour hour = EventHour.parse("2024-07-04-10");
        Duration grace = Duration.ofMinutes(5);

        assertThat(new HourClock(new Watermark(millis("11:05")), grace).isClosed(hour))
                .isTrue();
        assertThat(new HourClock(new Watermark(millis("11:05") - 1), grace).isClosed(hour))
                .isFalse();
        assertThat(new HourClock(new Watermark(Position.NOTHING), grace).isClosed(new EventHour(-1_000_000)))
                .isFalse();
    }

    private static long watermark(PartitionProgress... partitions) {
        return Watermark.of(List.of(partitions), CLOCK, IDLE, UTC).millis();
    }

    /** A partition with records left. */
    private static PartitionProgress behind(String time) {
        return progress(0, 10, Optional.of(position(5, time, JUST_NOW)));
    }

    private static PartitionProgress consumed(String time, Instant lastRecord) {
        return progress(0, 10, Optional.of(position(10, time, lastRecord)));
    }

    private static PartitionProgress progress(long begin, long end, Optional<Position> position) {
        return new PartitionProgress("app-logs", 0, begin, end, position);
    }

    private static Position position(long next, String time, Instant lastRecord) {
        return new Position(next, Optional.of("e1"), millis(time), lastRecord.toEpochMilli());
    }

    private static long millis(String time) {
        return LocalDateTime.parse("2024-07-04T" + time + ":00")
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }
}
