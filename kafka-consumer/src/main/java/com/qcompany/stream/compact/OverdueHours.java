package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamLayout;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/** Hours that should have closed, or got their late events, and did not: they have files open for more than a day. */
record OverdueHours(FileSystem fs, StreamLayout layout) {

    private static final Duration OVERDUE = Duration.ofDays(1);

    /** A sentence for each of them. */
    List<String> before(Instant now) throws IOException {
        HourFiles open = new HourFiles(fs, layout.open());
        long latest = now.minus(OVERDUE).toEpochMilli();
        List<String> overdue = new ArrayList<>();
        for (EventHour hour : open.hours()) {
            List<FileStatus> waiting = open.of(hour).stream()
                    .filter(file -> file.getModificationTime() < latest)
                    .toList();
            if (!waiting.isEmpty()) {
                overdue.add("Hour %s should have closed: %d of its files wait in %s for more than %d hours"
                        .formatted(hour, waiting.size(), layout.below(layout.open(hour)), OVERDUE.toHours()));
            }
        }
        return overdue;
    }
}
