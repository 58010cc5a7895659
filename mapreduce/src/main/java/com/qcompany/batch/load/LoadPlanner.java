package com.qcompany.batch.load;

import com.qcompany.batch.ingest.Ledger;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.PublishedFile;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** Finds out what a load of some groups on some state has to read. */
final class LoadPlanner {
    /** What guards against doubling: without all of it a load would take sales and versions for new ones. */
    private static final List<Table> GUARDS = List.of(
            StarSchema.TRANSACTION_KEYS,
            StarSchema.CUSTOMER_DIM,
            StarSchema.PRODUCT_DIM,
            StarSchema.SALES_AGENT_DIM,
            StarSchema.BRANCH_DIM,
            StarSchema.SOURCE_GROUPS,
            StarSchema.WAITING_ROWS);

    private final Configuration conf;
    private final FileSystem fs;
    private final Layout layout;
    private final Ledger ledger;

    LoadPlanner(Configuration conf, FileSystem fs, Layout layout, Ledger ledger) {
        this.conf = conf;
        this.fs = fs;
        this.layout = layout;
        this.ledger = ledger;
    }

    /**
     * Plans a load.
     *
     * @param groups groups in the order of the source
     * @throws IOException naming a published file that is missing or has other rows than were published
     * @throws IllegalArgumentException if a file's header does not fit its feed; nothing was written
     */
    LoadPlan plan(String runId, Snapshot published, List<GroupRecord> groups) throws IOException {
        for (Table table : GUARDS) {
            PublishedFile.requireAll(fs, PublishedFile.of(published, layout, table), conf);
        }
        LoadPlan plan = new LoadPlan(
                runId,
                layout.root().toString(),
                published.sequence(),
                groups,
                repeatedFiles(published, groups),
                waitingGroups(published),
                Map.of(),
                new TreeSet<>());
        plan.files().forEach(PlannedFile::header);
        return plan.knowing(new References(conf).find(published, layout, plan.files()));
    }

    /** Files whose content an earlier group brought that is loaded, or is loaded now. */
    private static Set<String> repeatedFiles(Snapshot published, List<GroupRecord> groups) {
        Set<Long> loadedNow = groups.stream().map(GroupRecord::sequence).collect(Collectors.toSet());
        Set<String> repeated = new HashSet<>();
        for (GroupRecord group : groups) {
            for (FileRecord file : group.files()) {
                Long original = file.duplicateOf();
                if (original != null
                        && (loadedNow.contains(original)
                                || published.isDecided(original)
                                        && !published.refused().contains(original))) {
                    repeated.add(group.sequence() + "/" + file.feed());
                }
            }
        }
        return repeated;
    }

    private List<GroupRecord> waitingGroups(Snapshot published) throws IOException {
        Set<Long> sequences = new TreeSet<>();
        Table projection = StarSchema.WAITING_ROWS.project(List.of("group_sequence"));
        for (PublishedFile file : PublishedFile.of(published, layout, StarSchema.WAITING_ROWS)) {
            ParquetRows.forEach(
                    ParquetRows.reader(projection, file.path(), conf),
                    row -> sequences.add(row.require("group_sequence", Long.class)));
        }
        List<GroupRecord> groups = new ArrayList<>();
        for (long sequence : sequences) {
            groups.add(ledger.read(sequence));
        }
        return groups;
    }
}
