package com.qcompany.balance;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.DecidedGroups;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a balance reads, as of one publish.
 *
 * @param mergedUpTo last publish whose sales are in the base
 * @param rawFiles files of sales of every group that a load decided about
 */
record BalancePlan(long publish, long mergedUpTo, List<RawFile> rawFiles) {
    private static final String FEED = "sales_transactions";
    private static final int HOUR_LENGTH = "uuuu-MM-dd-HH".length();
    private static final int DAY_LENGTH = "uuuu-MM-dd".length();

    /**
     * A file of sales in the raw zone.
     *
     * @param sequence ledger record of its group
     * @param quotedLineBreaks whether a record may span lines
     * @param retracted whether its group was loaded and taken back
     * @param repeated whether a loaded group before it brought the same content
     * @param rejectionsKept whether its rejected rows are not old enough to be gone
     * @param read whether it is in the range that is balanced
     */
    record RawFile(
            long sequence,
            String group,
            String name,
            String path,
            List<String> header,
            boolean quotedLineBreaks,
            boolean refused,
            boolean retracted,
            boolean repeated,
            boolean rejectionsKept,
            boolean read) {
        @JsonIgnore
        String hour() {
            return group.substring(0, HOUR_LENGTH);
        }
    }

    BalancePlan {
        rawFiles = List.copyOf(rawFiles);
    }

    /** Plans the balance of a range of hours, {@code uuuu-MM-dd-HH}, both included. */
    static BalancePlan of(Snapshot published, Layout layout, Configuration conf, String from, String to)
            throws IOException {
        LocalDate rejectionsKeptSince = LocalDate.now(ZoneOffset.UTC).minusDays(Settings.COMPACT_RETIRE_DAYS.get(conf));
        FileSystem fs = layout.root().getFileSystem(conf);
        Set<String> rejectedDays =
                published.partitionsOf(StarSchema.REJECTED_ROWS).keySet();
        List<RawFile> files = new ArrayList<>();
        List<Row> groups = new ArrayList<>();
        DataFile.forEachRow(published, layout, StarSchema.SOURCE_GROUPS, conf, groups::add);
        Set<Long> loaded = groups.stream()
                .filter(group -> group.text("status").equals(DecidedGroups.LOADED))
                .map(group -> group.require("group_sequence", Long.class))
                .collect(Collectors.toSet());
        for (Row group : groups) {
            long sequence = group.require("group_sequence", Long.class);
            String name = group.text("source_group");
            String status = group.text("status");
            GroupRecord record = ImmutableFiles.read(fs, layout.ledgerRecord(sequence), GroupRecord.class);
            String hour = name.substring(0, HOUR_LENGTH);
            String day = hour.substring(0, DAY_LENGTH);
            boolean kept = rejectedDays.contains(day) || !LocalDate.parse(day).isBefore(rejectionsKeptSince);
            Path directory =
                    new Path(layout.root(), Objects.requireNonNull(record.rawPath(), "a loaded group has files"));
            for (FileRecord file : record.files()) {
                if (file.feed().equals(FEED)) {
                    files.add(new RawFile(
                            sequence,
                            name,
                            file.name(),
                            new Path(directory, file.rawName()).toString(),
                            file.header(),
                            file.quotedLineBreaks(),
                            status.equals(DecidedGroups.REFUSED),
                            status.equals(DecidedGroups.RETRACTED),
                            file.duplicateOf() != null && loaded.contains(file.duplicateOf()),
                            kept,
                            hour.compareTo(from) >= 0 && hour.compareTo(to) <= 0));
                }
            }
        }
        return new BalancePlan(published.sequence(), published.mergedUpTo(), files);
    }

    /** Files and directories that the job reads: raw files, and what readers see of the tables, whole directories. */
    static List<Path> inputs(BalancePlan plan, Snapshot published, Layout layout) {
        Set<Path> paths = new LinkedHashSet<>();
        plan.rawFiles().stream().filter(RawFile::read).forEach(file -> paths.add(new Path(file.path())));
        for (Table table : List.of(
                StarSchema.SALES_BASE, StarSchema.SALES_DELTA, StarSchema.REJECTED_ROWS, StarSchema.WAITING_ROWS)) {
            for (DataFile file : DataFile.of(published, layout, table)) {
                boolean merged = table.equals(StarSchema.SALES_DELTA)
                        && Long.parseLong(file.partition().get(0)) <= published.mergedUpTo();
                if (!merged) {
                    paths.add(file.path().getParent());
                }
            }
        }
        return List.copyOf(paths);
    }
}
