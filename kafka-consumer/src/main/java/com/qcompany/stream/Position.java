package com.qcompany.stream;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * A committed position of a Kafka partition, with what the commit's metadata says.
 *
 * @param next offset to go on at
 * @param epoch epoch whose manifest the commit names; empty where an operator set the position
 * @param watermarkMillis event time up to which the partition has come, as milliseconds since 1970 in the stream's zone
 *     taken for UTC; never behind an earlier commit's
 * @param lastRecordMillis time of the last record taken, in milliseconds since 1970 UTC
 * @param lastRowMillis time of the last record taken that became a row, likewise
 * @param origin what it is a position in and whose; empty where the commit does not say
 */
public record Position(
        long next,
        Optional<String> epoch,
        long watermarkMillis,
        long lastRecordMillis,
        long lastRowMillis,
        Optional<Origin> origin) {

    /** Watermark and record time of a partition from which nothing was taken. */
    public static final long NOTHING = Long.MIN_VALUE;

    private static final Pattern METADATA = Pattern.compile(
            "q[123] ([A-Za-z0-9_.-]+) (-?\\d+) (-?\\d+)(?: (-?\\d+))?(?: ([A-Za-z0-9_-]+) ([A-Za-z0-9_-]+))?");
    private static final String NO_EPOCH = "-";

    /**
     * What a position belongs to.
     *
     * @param topicId Kafka's id of the topic; one that is deleted and made anew gets another
     * @param streamId id that the stream's root has, see {@link StreamFiles}
     */
    public record Origin(String topicId, String streamId) {}

    /** A position that names no epoch. */
    public static Position at(long next) {
        return new Position(next, Optional.empty(), NOTHING, NOTHING, NOTHING, Optional.empty());
    }

    /** Reads what was committed; metadata of other programs names no epoch. */
    public static Position of(OffsetAndMetadata committed) {
        Matcher matcher = METADATA.matcher(committed.metadata());
        if (!matcher.matches()) {
            return at(committed.offset());
        }
        return new Position(
                committed.offset(),
                Optional.of(matcher.group(1)).filter(epoch -> !epoch.equals(NO_EPOCH)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4) == null ? matcher.group(3) : matcher.group(4)),
                Optional.ofNullable(matcher.group(5)).map(topicId -> new Origin(topicId, matcher.group(6))));
    }

    /** The same position of some origin. */
    public Position of(Origin other) {
        return new Position(next, epoch, watermarkMillis, lastRecordMillis, lastRowMillis, Optional.of(other));
    }

    /** The same position at another offset, which no epoch has led to. */
    public Position movedTo(long offset) {
        return new Position(offset, Optional.empty(), watermarkMillis, lastRecordMillis, lastRowMillis, origin);
    }

    /** The same position with another watermark. */
    public Position withWatermark(long millis) {
        return new Position(next, epoch, millis, lastRecordMillis, lastRowMillis, origin);
    }

    /** Whether it is one in a topic with some id; where its origin is not known, it may be. */
    public boolean isOfTopic(String topicId) {
        return origin.isEmpty() || origin.get().topicId().equals(topicId);
    }

    /** What is committed to Kafka. */
    public OffsetAndMetadata toCommit() {
        String times =
                "%s %d %d %d".formatted(epoch.orElse(NO_EPOCH), watermarkMillis, lastRecordMillis, lastRowMillis);
        return new OffsetAndMetadata(
                next,
                origin.map(known -> "q3 %s %s %s".formatted(times, known.topicId(), known.streamId()))
                        .orElse("q1 " + times));
    }
}
