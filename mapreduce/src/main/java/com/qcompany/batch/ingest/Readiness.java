package com.qcompany.batch.ingest;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides whether a group folder can be ingested now.
 *
 * <p>A folder that the source marked complete, or that nobody changed for the quiet period, is complete as far as it
 * goes. If it lacks a file it waits; after the grace period it is overdue, and one that lacks nothing but its
 * transactions may be ingested for its dimensions alone. A file of no records is a header, not a missing file.
 */
record Readiness(FeedCatalog catalog, Duration quiet, Duration grace, boolean dimensionsOnly) {

    /** What to do with a folder. */
    enum State {
        /** Ingest it. */
        READY,
        /** Ingest it and warn that it lacks its transactions. */
        DIMENSIONS_ONLY,
        /** Leave it for a later run. */
        WAITING,
        /** Leave it and warn. */
        OVERDUE
    }

    /** What to do with a folder, and why as the end of a sentence about it. */
    record Verdict(State state, String reason) {}

    /** Judges a folder at an instant. */
    Verdict of(LandingGroup group, Instant now) {
        Duration age = Duration.between(group.changed(), now);
        String changed = age.isNegative()
                ? "changed %d s in the future, by its files' times".formatted(-age.toSeconds())
                : "changed %d s ago".formatted(age.toSeconds());
        if (!group.marked() && !quiet.isZero() && age.compareTo(quiet) < 0) {
            return new Verdict(
                    State.WAITING,
                    "%s (ingested after %d s without change, at once with a _READY file)"
                            .formatted(changed, quiet.toSeconds()));
        }
        List<Feed> missing = group.missing(catalog);
        if (missing.isEmpty()) {
            return new Verdict(State.READY, "complete");
        }
        String lacks = "it lacks " + missing.stream().map(Feed::name).collect(Collectors.joining(" and "));
        if (age.compareTo(grace) < 0) {
            String since = ", last %s (overdue after %d s)".formatted(changed, grace.toSeconds());
            return new Verdict(State.WAITING, lacks + since);
        }
        boolean loadable = missing.stream().allMatch(Feed::bringsSales);
        if (loadable && dimensionsOnly) {
            return new Verdict(State.DIMENSIONS_ONLY, lacks);
        }
        String advice = loadable
                ? "--dims-only ingests what is there"
                : "add the file; a header alone will do where there is nothing to say";
        return new Verdict(State.OVERDUE, "%s for more than %d s (%s)".formatted(lacks, grace.toSeconds(), advice));
    }
}
