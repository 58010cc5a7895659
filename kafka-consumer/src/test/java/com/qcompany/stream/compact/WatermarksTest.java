package com.qcompany.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.Position;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatermarksTest {

    private static final Instant NOW = Instant.parse("2024-07-04T12:00:00Z");
    private static final Duration IDLE = Duration.ofMinutes(5);
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
    void isNotHeldBackByAPartitionOfRejectedRecordsOnly() {
        assertThat(watermark(withoutRows(10, 10, JUST_NOW), behind("11:50"))).isEqualTo(millis("11:50"));
        assertThat(watermark(withoutRows(10, 10, JUST_NOW))).isEqualTo(millis("11:55"));
        assertThat(watermark(withoutRows(9, 10, NOW.minusSeconds(60)), behind("11:58")))
                .as("and more of them come all the time")
                .isEqualTo(millis("11:54"));
    }

    @Test
    void isNotHeldBackByAPartitionThatHasOnlyRejectedRecordsSinceAWhile() {
        Position position = new Position(
                9,
                Optional.of("e1"),
                millis("10:20"),
                NOW.minusSeconds(60).toEpochMilli(),
                NOW.minusSeconds(360).toEpochMilli(),
                Optional.empty());

        assertThat(watermark(progress(0, 10, Optional.of(position)))).isEqualTo(millis("11:54"));
    }

    @Test
    void isBoundedByTheClockOnTheWall() {
        assertThat(watermark(consumed("23:00", JUST_NOW))).isEqualTo(millis("12:00"));
        assertThat(watermark(behind("23:00"), behind("11:00"))).isEqualTo(millis("11:00"));
    }

    @Test
    void aRecordOfTheFutureKeepsNoPartitionFromBeingIdle() {
        Instant in2031 = Instant.parse("2031-01-01T05:05:11Z");

        assertThat(watermark(consumed("10:20", in2031))).isEqualTo(millis("11:55"));
        assertThat(watermark(progress(0, 20, Optional.of(position(10, "10:20", in2031)))))
                .as("and does not hide what waits")
                .isEqualTo(millis("10:20"));
    }

    @Test
    void countsQuietTimeInTheZoneOfTheEvents() {
        Watermarks kolkata = new Watermarks(NOW, IDLE, ZoneId.of("Asia/Kolkata"));

        assertThat(kolkata.least(List.of(consumed("10:20", LONG_AGO)))).isEqualTo(millis("17:25"));
    }

    @Test
    void closesAnHourWhenItHasPassedItsEndByTheGrace() {
        EventHour hour = EventHour.parse("2024-07-04-10");
        Duration grace = Duration.ofMinutes(5);

        assertThat(Watermarks.isClosed(hour, millis("11:05"), grace)).isTrue();
        assertThat(Watermarks.isClosed(hour, millis("11:05") - 1, grace)).isFalse();
        assertThat(Watermarks.isClosed(new EventHour(-1_000_000), Position.NOTHING, grace))
                .isFalse();
    }

    private static long watermark(PartitionProgress... partitions) {
        return new Watermarks(NOW, IDLE, ZoneOffset.UTC).least(List.of(partitions));
    }

    /** A partition with records left. */
    private static PartitionProgress behind(String time) {
        return progress(0, 10, Optional.of(position(5, time, JUST_NOW)));
    }

    private static PartitionProgress consumed(String time, Instant lastRecord) {
        return progress(0, 10, Optional.of(position(10, time, lastRecord)));
    }

    private static PartitionProgress withoutRows(long next, long end, Instant lastRecord) {
        return progress(
                0,
                end,
                Optional.of(new Position(
                        next,
                        Optional.of("e1"),
                        Position.NOTHING,
                        lastRecord.toEpochMilli(),
                        Position.NOTHING,
                        Optional.empty())));
    }

    private static PartitionProgress progress(long begin, long end, Optional<Position> position) {
        return new PartitionProgress(0, begin, end, position);
    }

    private static Position position(long next, String time, Instant lastRecord) {
        return new Position(
                next,
                Optional.of("e1"),
                millis(time),
                lastRecord.toEpochMilli(),
                lastRecord.toEpochMilli(),
                Optional.empty());
    }

    private static long millis(String time) {
        return LocalDateTime.parse("2024-07-04T" + time + ":00")
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }
}
