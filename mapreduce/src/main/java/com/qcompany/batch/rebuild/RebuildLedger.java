package com.qcompany.batch.rebuild;

import com.qcompany.batch.ingest.Ledger;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Ledger records for a rebuild, which name the live raw files by whole paths. */
final class RebuildLedger {

    private RebuildLedger() {}

    /**
     * Records of the groups of a range of hours that the live warehouse has loaded, in rounds, numbered from 1 without gaps
     * over all of them. A load takes one version of a name, so where another version of a group was loaded, a round begins.
     */
    static List<List<GroupRecord>> rounds(Configuration conf, FileSystem fs, Layout live, String from, String to)
            throws IOException {
        Ledger ledger = Ledger.open(fs, live);
        List<List<GroupRecord>> rounds = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<Long, Long> numbers = new HashMap<>();
        for (long sequence : loaded(conf, fs, live, from, to)) {
            GroupRecord record = ledger.read(sequence);
            if (!names.add(record.name()) || rounds.isEmpty()) {
                rounds.add(new ArrayList<>());
                names.retainAll(Set.of(record.name()));
            }
            numbers.put(sequence, numbers.size() + 1L);
            rounds.get(rounds.size() - 1).add(numbered(record, numbers, fs.makeQualified(ledger.rawDirectory(record))));
        }
        return rounds;
    }

    private static SortedSet<Long> loaded(Configuration conf, FileSystem fs, Layout live, String from, String to)
            throws IOException {
        SortedSet<Long> loaded = new TreeSet<>();
        DataFile.forEachRow(Snapshots.latest(fs, live), live, StarSchema.SOURCE_GROUPS, conf, row -> {
            String hour = row.text("source_group").substring(0, to.length());
            if (row.text("status").equals("loaded") && hour.compareTo(from) >= 0 && hour.compareTo(to) <= 0) {
                loaded.add(row.require("group_sequence", Long.class));
            }
        });
        return loaded;
    }

    /** A file that repeats one of a group that is not among them is read. */
    private static GroupRecord numbered(GroupRecord record, Map<Long, Long> numbers, Path raw) {
        List<FileRecord> files = record.files().stream()
                .map(file ->
                        file.knowing(file.contentDigest(), file.endsWithLineEnd(), numbers.get(file.duplicateOf())))
                .toList();
        return new GroupRecord(
                Objects.requireNonNull(numbers.get(record.sequence())),
                record.name(),
                record.version(),
                record.hour(),
                record.status(),
                null,
                raw.toString(),
                files,
                record.recordedAt());
    }
}
