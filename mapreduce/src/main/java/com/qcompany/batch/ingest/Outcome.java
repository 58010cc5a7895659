package com.qcompany.batch.ingest;

import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;

/**
 * What became of a group folder in this run.
 *
 * @param kind what, for the exit code
 * @param sentence the same for an operator; names in it without control characters
 */
record Outcome(Kind kind, String sentence) {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    /** What became of it. */
    enum Kind {
        /** Copied to the raw zone. */
        ACCEPTED,
        /** Recorded as having the content of an earlier group. */
        DUPLICATE,
        /** Touched, but with the content recorded under its name. */
        UNCHANGED,
        /** Left for a later run. */
        WAITING,
        /** Left, and it lacks a file for longer than the grace period. */
        OVERDUE,
        /** Left, as it cannot be ingested as it is. */
        REFUSED,
        /** The same, and an earlier run failed for it. */
        STILL_REFUSED,
        /** Left, as reading or copying it failed; the next run tries again. */
        FAILED
    }

    Outcome {
        sentence = CONTROL.matcher(sentence).replaceAll("?");
    }

    /**
     * A folder that was accepted.
     *
     * @param lacks what it was accepted without, as a clause; or nothing
     * @param repeated which of its files another group has too, as clauses; or nothing
     */
    static Outcome accepted(LandingGroup group, GroupRecord record, String lacks, String repeated, double seconds) {
        String rows = record.files().stream()
                .sorted(Comparator.comparing(FileRecord::feed).reversed())
                .map(file -> String.format(Locale.ROOT, "%,d %s", file.rows(), file.feed()))
                .collect(Collectors.joining(", "));
        String cut = record.files().stream()
                .filter(file -> !file.endsWithLineEnd())
                .map(file -> "; warning: %s may be cut, its last line has no line end".formatted(file.name()))
                .collect(Collectors.joining());
        return new Outcome(
                Kind.ACCEPTED,
                String.format(
                        Locale.ROOT,
                        "Accepted %s as %s%s%s%s: %s; %s in %.1f s%s%s",
                        record.name(),
                        record.hour(),
                        record.version() == 1 ? "" : ", version %d of it".formatted(record.version()),
                        lacks,
                        leftAside(group),
                        rows,
                        FileUtils.byteCountToDisplaySize(group.bytes()),
                        seconds,
                        repeated,
                        cut));
    }

    static Outcome duplicate(GroupRecord record, GroupRecord original) {
        return new Outcome(
                Kind.DUPLICATE,
                "Recorded %s as a duplicate of %s: it loads nothing".formatted(record.name(), original.group()));
    }

    static Outcome unchanged(LandingGroup group) {
        return new Outcome(
                Kind.UNCHANGED, "%s has the content that is recorded of it: nothing to do".formatted(group.name()));
    }

    static Outcome waiting(LandingGroup group, String reason) {
        return new Outcome(Kind.WAITING, "%s waits: %s%s".formatted(group.name(), reason, leftAside(group)));
    }

    static Outcome overdue(LandingGroup group, String reason) {
        return new Outcome(Kind.OVERDUE, "%s is incomplete: %s%s".formatted(group.name(), reason, leftAside(group)));
    }

    static Outcome failed(String name, Exception e) {
        return new Outcome(
                Kind.FAILED, "%s was not ingested, the next run tries again. %s".formatted(name, e.getMessage()));
    }

    static Outcome refused(String name, Exception e, boolean first) {
        return first
                ? new Outcome(
                        Kind.REFUSED,
                        "%s is refused. %s. Mend it, or leave it out with --set-aside".formatted(name, e.getMessage()))
                : new Outcome(Kind.STILL_REFUSED, "%s is still refused. %s".formatted(name, e.getMessage()));
    }

    private static String leftAside(LandingGroup group) {
        return group.leftAside().isEmpty()
                ? ""
                : ", leaving aside what belongs to no feed: " + String.join(" ", group.leftAside());
    }
}
