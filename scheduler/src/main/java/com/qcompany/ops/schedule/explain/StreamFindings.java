package com.qcompany.ops.schedule.explain;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamLayout;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Whether the app log's hour is open or closed. Events come late, so that nothing of an hour waits for it. */
record StreamFindings(FileSystem fs, StreamLayout layout) {

    Finding of(EventHour hour) throws IOException {
        long open = files(layout.open(hour));
        long visible = files(layout.visible(hour));
        if (open > 0) {
            return Finding.fine(
                    "App log: the hour is open, %d files wait to be closed, %d are visible".formatted(open, visible));
        }
        return Finding.fine(
                visible > 0
                        ? "App log: the hour is visible in %d files, none waits".formatted(visible)
                        : "App log: the hour has no events");
    }

    private long files(Path directory) throws IOException {
        return Listing.of(fs, directory).stream()
                .filter(FileStatus::isFile)
                .map(status -> status.getPath().getName())
                .filter(name -> !name.startsWith("_") && !name.startsWith("."))
                .count();
    }
}
