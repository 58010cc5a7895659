package com.qcompany.stream.consume;

import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** Positions that an operator asks for. */
@FunctionalInterface
interface OffsetChoice {

    /** The offset that each partition it is about goes on at. */
    Map<TopicPartition, Long> offsets(TopicOffsets topic) throws IOException, InterruptedException;

    /** Reads {@code earliest}, {@code latest}, an instant, or {@code P:OFFSET[,P:OFFSET]}. */
    static OffsetChoice parse(String text) {
        if (text.equals("earliest")) {
            return TopicOffsets::begins;
        }
        if (text.equals("latest")) {
            return TopicOffsets::ends;
        }
        if (Pattern.matches("\\d+:\\d+(,\\d+:\\d+)*", text)) {
            return topic -> explicit(topic.topic(), text);
        }
        try {
            long millis = Instant.parse(text).toEpochMilli();
            return topic -> topic.at(millis);
        } catch (DateTimeParseException e) {
            throw new UsageException(
                    "Cannot read position: %s (expected earliest, latest, 2024-07-04T18:00:00Z or P:OFFSET,…)"
                            .formatted(text),
                    e);
        }
    }

    private static Map<TopicPartition, Long> explicit(String topic, String text) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (String choice : text.split(",", -1)) {
            int colon = choice.indexOf(':');
            offsets.put(
                    new TopicPartition(topic, Integer.parseInt(choice.substring(0, colon))),
                    Long.parseLong(choice.substring(colon + 1)));
        }
        return offsets;
    }
}
