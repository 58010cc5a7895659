package com.qcompany.batch.ingest;

import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;

/** What became of a group folder in this run, in a sentence for an operator without control characters. */
record Outcome(Kind kind, String sentence) {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    /** What became of it; every kind after DUPLICATE stays in the landing directory for a later run. */
    enum Kind {
        ACCEPTED,
        DUPLICATE,
        /** Touched, but with the content recorded under its name. */
        UNCHANGED,
        WAITING,
        /** It lacks a file for longer than the grace period. */
        OVERDUE,
        REFUSED,
        /** Refused as by an earlier run. */
        STILL_REFUSED,
        /** Reading or copying it failed; the next run tries again. */
        FAILED
    }

    Outcome {
        sentence = CONTROL.matcher(sentence).replaceAll("?");
    }

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
                        group.leftAsideClause(),
                        rows,
                        FileUtils.byteCountToDisplaySize(group.bytes()),
                        seconds,
                        repeated,
                        cut));
    }
}
