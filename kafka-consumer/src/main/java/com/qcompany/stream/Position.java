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
 */
public record Position(long next, Optional<String> epoch, long watermarkMillis, long lastRecordMillis) {

    /** Watermark and record time of a partition from which nothing was taken. */
    public static final long NOTHING = Long.MIN_VALUE;

    private static final Pattern METADATA = Pattern.compile("q1 ([A-Za-z0-9_.-]+) (-?\\d+) (-?\\d+)");
    private static final String NO_EPOCH = "-";

    /** A position that names no epoch. */
    public static Position at(long next) {
        return new Position(next, Optional.empty(), NOTHING, NOTHING);
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
                Long.parseLong(matcher.group(3)));
    }

    /** What is committed to Kafka. */
    public OffsetAndMetadata toCommit() {
        return new OffsetAndMetadata(
                next, "q1 %s %d %d".formatted(epoch.orElse(NO_EPOCH), watermarkMillis, lastRecordMillis));
    }
}
