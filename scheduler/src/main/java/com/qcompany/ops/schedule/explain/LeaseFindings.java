package com.qcompany.ops.schedule.explain;

import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.LeaseHolder;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * Who holds which lease. Nothing waits for a crashed holder longer than the time-out.
 *
 * @param timeout age of the last renewal after which a holder counts as crashed
 */
record LeaseFindings(FileSystem fs, Layout layout, Duration timeout, Clock clock) {

    List<Finding> all() throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (FileStatus lease : Listing.of(fs, layout.state("leases"))) {
            Optional<LeaseHolder> holder = Lease.holder(fs, lease.getPath());
            if (holder.isPresent()) {
                findings.add(Finding.fine(sentence(lease.getPath().getName(), holder.get())));
            }
        }
        return findings.isEmpty() ? List.of(Finding.fine("Nobody holds a lease")) : findings;
    }

    private String sentence(String lease, LeaseHolder holder) {
        Duration age = Duration.between(holder.renewedAt(), clock.instant());
        return age.compareTo(timeout) < 0
                ? "Lease %s is held by %s, renewed %d s ago"
                        .formatted(lease, holder.name(), Math.max(0, age.toSeconds()))
                : "Lease %s was left by %s, which was last seen %d s ago: the next run takes it over"
                        .formatted(lease, holder.name(), age.toSeconds());
    }
}
