package com.qcompany.batch.rebuild;

import com.qcompany.batch.ingest.Ledger;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.PublishedFile;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Ledger records for a rebuild, which name the live raw files by whole paths. A load takes one version of a name, so
 * where two versions of a group were loaded, they are in rounds of their own.
 *
 * @param records the records, numbered from 1 without gaps over all rounds
 */
record RebuildLedger(List<GroupRecord> records) {

    RebuildLedger {
        records = List.copyOf(records);
    }

    /** Records of the groups of a range of hours that the live warehouse has loaded, in rounds. */
    static List<RebuildLedger> rounds(Configuration conf, FileSystem fs, Layout live, String from, String to)
            throws IOException {
        Ledger ledger = Ledger.open(fs, live);
        Map<String, Integer> versions = new HashMap<>();
        SortedMap<Integer, List<GroupRecord>> rounds = new TreeMap<>();
        for (long sequence : loaded(conf, fs, live, from, to)) {
            GroupRecord record = ledger.read(sequence);
            int round = versions.merge(record.name(), 1, Integer::sum);
            rounds.computeIfAbsent(round, any -> new ArrayList<>()).add(record);
        }
        List<RebuildLedger> ledgers = new ArrayList<>();
        long next = 1;
        for (List<GroupRecord> round : rounds.values()) {
            List<GroupRecord> numbered = new ArrayList<>();
            for (GroupRecord record : round) {
                numbered.add(numbered(record, next++, fs.makeQualified(ledger.rawDirectory(record))));
            }
            ledgers.add(new RebuildLedger(numbered));
        }
        return ledgers;
    }

    private static SortedSet<Long> loaded(Configuration conf, FileSystem fs, Layout live, String from, String to)
            throws IOException {
        SortedSet<Long> loaded = new TreeSet<>();
        PublishedFile.forEachRow(Snapshots.latest(fs, live), live, StarSchema.SOURCE_GROUPS, conf, row -> {
            String hour = row.text("source_group").substring(0, to.length());
            if (row.text("status").equals("loaded") && hour.compareTo(from) >= 0 && hour.compareTo(to) <= 0) {
                loaded.add(row.require("group_sequence", Long.class));
            }
        });
        return loaded;
    }

    void writeTo(FileSystem fs, Layout layout) throws IOException {
        for (GroupRecord record : records) {
            ImmutableFiles.write(fs, layout.ledgerRecord(record.sequence()), record);
        }
    }

    private static GroupRecord numbered(GroupRecord record, long sequence, Path raw) {
        List<FileRecord> files = record.files().stream()
                .map(file -> file.knowing(file.contentDigest(), file.endsWithLineEnd(), null))
                .toList();
        return new GroupRecord(
                sequence,
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
