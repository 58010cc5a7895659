package com.qcompany.batch.load;

import com.qcompany.batch.publish.Rewrite;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Which rejected rows a load judges again: those that break a rule, of groups that were loaded, that no replay took.
 *
 * @param rule code of the rule; empty for none
 * @param since first source hour, {@code uuuu-MM-dd-HH}
 * @param groups ledger records of the groups that have such rows
 */
record Replay(String rule, String since, Set<Long> groups) {
    /** What an ordinary load replays. */
    static final Replay NOTHING = new Replay("", SourceGroup.FIRST_HOUR, Set.of());

    /** A row of these was cut or has other bytes than its text. */
    private static final Set<String> WITHOUT_TEXT = Set.of("not_utf8", "record_too_long");

    private static final int DATE_LENGTH = "uuuu-MM-dd".length();

    /** The same, with the groups that have such rows. */
    Replay of(Set<Long> found) {
        return new Replay(rule, since, found);
    }

    boolean takes(Row rejected) {
        return breaks(rejected) && !rejected.require("group_refused", Boolean.class);
    }

    private boolean breaks(Row rejected) {
        List<?> codes = rejected.require("rule_codes", List.class);
        return codes.contains(rule)
                && WITHOUT_TEXT.stream().noneMatch(codes::contains)
                && rejected.text("source_group").compareTo(since) >= 0
                && rejected.get("replayed_in") == null;
    }

    /** Files of the days that may have such rows. */
    List<DataFile> files(Snapshot published, Layout layout) {
        String day = since.substring(0, DATE_LENGTH);
        return rule.isEmpty()
                ? List.of()
                : DataFile.of(published, layout, StarSchema.REJECTED_ROWS).stream()
                        .filter(file -> file.partition().get(0).compareTo(day) >= 0)
                        .toList();
    }

    /** Ledger records of groups whose rows break the rule: of the rows it takes, and of those it leaves by their group. */
    record Groups(Set<Long> taken, Set<Long> left) {}

    /** Groups of the rows, of both kinds by one reading. */
    Groups find(Snapshot published, Layout layout, Configuration conf) throws IOException {
        Groups groups = new Groups(new TreeSet<>(), new TreeSet<>());
        DataFile.forEachRow(files(published, layout), conf, row -> {
            if (breaks(row)) {
                (takes(row) ? groups.taken() : groups.left()).add(row.require("group_sequence", Long.class));
            }
        });
        return groups;
    }

    /**
     * Stages the partitions anew as replacements for the next publish: a row that was rejected again is left out, as a new one
     * comes, and any other that was taken is marked with the publish.
     *
     * @param directory directory below the run's staging that nothing else is written to
     */
    List<DataFile> stage(
            Snapshot before, Layout layout, Configuration conf, List<DataFile> rejectedAgain, Path directory)
            throws IOException {
        Set<String> again = new HashSet<>();
        DataFile.forEachRow(rejectedAgain, conf, row -> again.add(place(row)));
        return new Rewrite(directory.getFileSystem(conf), conf).stage(files(before, layout), directory, row -> {
            if (!takes(row)) {
                return Optional.of(row);
            }
            return again.contains(place(row))
                    ? Optional.empty()
                    : Optional.of(row.set("replayed_in", before.sequence() + 1));
        });
    }

    private static String place(Row row) {
        return "%s/%s/%s".formatted(row.get("group_sequence"), row.get("source_file"), row.get("byte_offset"));
    }
}
