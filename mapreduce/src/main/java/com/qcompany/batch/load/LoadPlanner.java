package com.qcompany.batch.load;

import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.warehouse.GroupRecord;
import com.qcompany.warehouse.Layout;
import com.qcompany.warehouse.Snapshot;
import com.qcompany.warehouse.StarSchema;
import com.qcompany.warehouse.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** Finds out what a load of some groups on some state has to read. */
final class LoadPlanner {

    private final Configuration conf;
    private final FileSystem fs;
    private final Layout layout;

    LoadPlanner(Configuration conf, FileSystem fs, Layout layout) {
        this.conf = conf;
        this.fs = fs;
        this.layout = layout;
    }

    /**
     * Plans a load.
     *
     * @param groups groups in the order of the source
     * @throws IllegalArgumentException if a file's header does not fit its feed; nothing was written
     */
    LoadPlan plan(String runId, Snapshot snapshot, List<GroupRecord> groups) throws IOException {
        LoadPlan unknowing = new LoadPlan(
                runId, layout.root().toString(), snapshot.sequence(), groups, Map.of(), dimensionFiles(snapshot));
        FeedCatalog feeds = FeedCatalog.bundled();
        Map<String, Map<String, Integer>> known = new KnownThings(conf, feeds).find(unknowing);
        LoadPlan plan =
                new LoadPlan(runId, unknowing.root(), snapshot.sequence(), groups, known, unknowing.dimensionFiles());
        plan.files().forEach(file -> FeedLines.open(feeds, plan, file, new FileTally()));
        return plan;
    }

    private Map<String, List<String>> dimensionFiles(Snapshot snapshot) throws IOException {
        Map<String, List<String>> files = new HashMap<>();
        for (Table dimension : StarSchema.DIMENSIONS) {
            long version = snapshot.versionOf(dimension);
            if (version > 0) {
                files.put(
                        dimension.name(),
                        Arrays.stream(fs.listStatus(layout.tableVersion(dimension, version)))
                                .map(status -> status.getPath().toString())
                                .filter(path -> path.endsWith(".parquet"))
                                .toList());
            }
        }
        return files;
    }
}
