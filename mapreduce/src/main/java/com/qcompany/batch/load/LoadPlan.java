package com.qcompany.batch.load;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.qcompany.batch.feed.CsvRecordReader;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.FeedHeader;
import com.qcompany.batch.load.LoadPlan.PlannedFile.Kind;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a load reads; every task of its job reads this plan.
 *
 * @param root root directory, to which the groups' paths are relative
 * @param snapshot sequence of the snapshot it builds on
 * @param groups groups to load, in the order of the source
 * @param repeatedFiles files of theirs whose content was loaded before, as {@code sequence/feed}
 * @param waitingGroups earlier groups some of whose lines wait, or are judged again
 * @param knownKeys keys that are published or that files of the groups show, as texts, by name of a dimension
 * @param refused sequences of groups that load nothing
 * @param feeds the feeds, by the contracts that counted when the load started
 * @param replay which rejected rows are judged again
 * @param retraction the group that is taken back or restored, whose sales are decided again; null in an ordinary load
 */
record LoadPlan(
        String runId,
        String root,
        long snapshot,
        List<GroupRecord> groups,
        Set<String> repeatedFiles,
        List<GroupRecord> waitingGroups,
        Map<String, Set<String>> knownKeys,
        SortedSet<Long> refused,
        FeedCatalog feeds,
        Replay replay,
        @Nullable Retraction retraction) {
    /** A file in the raw zone with its index among all files of the plan, which are in the order of the source. */
    record PlannedFile(
            int index, GroupRecord group, SourceGroup source, FileRecord record, String root, Feed feed, Kind kind) {
        /** Where its bytes are. */
        Path path() {
            String directory = Objects.requireNonNull(group.rawPath(), "an accepted group lies in the raw zone");
            return new Path(new Path(root, directory), record.rawName());
        }

        /** Its header, bound to its feed; refused if it is none. */
        FeedHeader header() {
            return FeedHeader.bindTaken(feed(), path().toString(), record.header());
        }

        /** Its records from an offset in bytes on, where one begins; the caller closes it. */
        CsvRecordReader records(long offset, Configuration conf) throws IOException {
            FSDataInputStream in = path().getFileSystem(conf).open(path());
            in.seek(offset);
            int longest = Settings.LOAD_MAX_RECORD_BYTES.get(conf);
            return new CsvRecordReader(in, 0, Long.MAX_VALUE, record.quotedLineBreaks(), longest);
        }

        /** Which of its lines are loaded. */
        enum Kind {
            /** All. */
            NEW,
            /** None: each is a duplicate. */
            REPEATED,
            /** Those that wait, or are judged again. */
            WAITING,
            /** Those of sales that are decided again; the others are loaded and stay. */
            SCANNED,
            /** None: they say which sales are decided again. */
            RETRACTED
        }

        boolean isRead() {
            return kind == Kind.NEW || kind == Kind.SCANNED || kind == Kind.RETRACTED;
        }

        /** Whether every line of it is decided anew, so that none counts any more as one that waits or was rejected. */
        boolean isDecidedAnew() {
            return kind == Kind.NEW || kind == Kind.RETRACTED;
        }

        /** What tells it from all other files, as {@link #placeOf} says it of a row. */
        String place() {
            return group.sequence() + "/" + record.name();
        }

        /** The {@link #place} of the file that a line was of which waits or was rejected. */
        static String placeOf(Row line) {
            return line.get("group_sequence") + "/" + line.text("source_file");
        }
    }

    LoadPlan {
        groups = List.copyOf(groups);
        repeatedFiles = Set.copyOf(repeatedFiles);
        waitingGroups = List.copyOf(waitingGroups);
        knownKeys = Map.copyOf(knownKeys);
        refused = new TreeSet<>(refused);
    }

    /** The same, with the keys that are known. */
    LoadPlan knowing(Map<String, Set<String>> keys) {
        return new LoadPlan(
                runId, root, snapshot, groups, repeatedFiles, waitingGroups, keys, refused, feeds, replay, retraction);
    }

    /** Number of the publish that the load leads to. */
    @JsonIgnore
    long publish() {
        return snapshot + 1;
    }

    /** All files: those of waiting groups, then those of the groups, in the order of the source. */
    @JsonIgnore
    List<PlannedFile> files() {
        List<PlannedFile> files = new ArrayList<>();
        for (GroupRecord group : waitingGroups) {
            for (FileRecord file : group.files()) {
                files.add(planned(files.size(), group, file, Kind.WAITING));
            }
        }
        for (GroupRecord group : groups) {
            for (FileRecord file : group.files()) {
                boolean repeated = repeatedFiles.contains(group.sequence() + "/" + file.feed());
                Optional<Kind> kind = retraction == null
                        ? Optional.of(repeated ? Kind.REPEATED : Kind.NEW)
                        : retraction.kind(group, file, repeated);
                kind.ifPresent(of -> files.add(planned(files.size(), group, file, of)));
            }
        }
        return files;
    }

    private PlannedFile planned(int index, GroupRecord group, FileRecord file, Kind kind) {
        return new PlannedFile(index, group, group.group(), file, root, feeds.feed(file.feed()), kind);
    }

    /** Whether a key is published or shown by a file. */
    boolean knows(String table, Object key) {
        return knownKeys.getOrDefault(table, Set.of()).contains(key.toString());
    }

    /** Whether a row of a line that waits, or was rejected, is judged again. */
    boolean judgesAgain(Row row) {
        return !row.table().equals(StarSchema.REJECTED_ROWS) || replay.takes(row);
    }

    /** Whether a file's group loads nothing. */
    boolean refuses(PlannedFile file) {
        return refused.contains(file.group().sequence());
    }
}
