package com.qcompany.ops.schedule.explain;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.LeaseHolder;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** What an hour does not depend on: who holds which lease, and whether the app log's hour is open or closed. */
record OtherFindings(StreamFiles stream) {

    /**
     * Of every lease. Nothing waits for a crashed holder longer than the time-out.
     *
     * @param timeout age of the last renewal after which a holder counts as crashed
     */
    List<Finding> leases(Duration timeout, Instant now) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (FileStatus lease : Listing.of(stream.fs(), stream.warehouse().state("leases"))) {
            Optional<LeaseHolder> holder = Lease.holder(stream.fs(), lease.getPath());
            if (holder.isPresent()) {
                Duration age = Duration.between(holder.get().renewedAt(), now);
                findings.add(Finding.fine((age.compareTo(timeout) < 0
                                ? "Lease %s is held by %s, renewed %d s ago"
                                : "Lease %s was left by %s, which was last seen %d s ago: the next run takes it over")
                        .formatted(lease.getPath().getName(), holder.get().name(), Math.max(0, age.toSeconds()))));
            }
        }
        return findings.isEmpty() ? List.of(Finding.fine("Nobody holds a lease")) : findings;
    }

    /** Of an hour of the app log. Events come late, so that nothing waits for it. */
    Finding appLog(EventHour hour) throws IOException {
        long open = files(stream.open(hour));
        long visible = files(stream.visible(hour));
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
        return Listing.of(stream.fs(), directory).stream()
                .filter(status -> status.isFile() && !status.getPath().getName().matches("[_.].*"))
                .count();
    }
}
