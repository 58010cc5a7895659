package com.qcompany.stream.consume;

import com.qcompany.stream.Position;
import com.qcompany.warehouse.command.UsageException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;

/** Watermarks that an operator sets. */
final class WatermarkChoice {

    private WatermarkChoice() {}

    /** Reads {@code P:TIME[,P:TIME]}, times of the stream's zone or {@code none}; milliseconds by partition. */
    static Map<Integer, Long> parse(String text) {
        Map<Integer, Long> watermarks = new HashMap<>();
        for (String choice : text.split(",", -1)) {
            int colon = choice.indexOf(':');
            try {
                String time = choice.substring(colon + 1);
                watermarks.put(
                        Integer.parseInt(choice.substring(0, Math.max(colon, 0))),
                        time.equals("none")
                                ? Position.NOTHING
                                : LocalDateTime.parse(time)
                                        .toInstant(ZoneOffset.UTC)
                                        .toEpochMilli());
            } catch (NumberFormatException | DateTimeParseException e) {
                throw new UsageException(
                        "Cannot read watermark: %s (expected P:uuuu-MM-ddTHH:mm or P:none)".formatted(choice), e);
            }
        }
        return watermarks;
    }
}
