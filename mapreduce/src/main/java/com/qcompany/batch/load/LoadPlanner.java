package com.qcompany.batch.load;

import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.warehouse.parquet.KeyPage;
import com.qcompany.warehouse.parquet.RowGroupFile;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

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
        int reducers = LoadJob.reducers(conf, groups);
        String root = layout.root().toString();
        Map<String, PublishedDimension> dimensions = dimensions(snapshot, reducers);
        LoadPlan unknowing = new LoadPlan(runId, root, snapshot.sequence(), groups, Map.of(), dimensions, reducers);
        FeedCatalog feeds = FeedCatalog.bundled();
        Map<String, Map<String, Integer>> known = new KnownThings(conf, feeds).find(unknowing);
        LoadPlan plan = new LoadPlan(runId, root, snapshot.sequence(), groups, known, dimensions, reducers);
        plan.files().forEach(file -> FeedLines.open(feeds, plan, file, new FileTally()));
        return plan;
    }

    private Map<String, PublishedDimension> dimensions(Snapshot snapshot, int reducers) throws IOException {
        Map<String, PublishedDimension> dimensions = new HashMap<>();
        for (Dimension dimension : StarSchema.DIMENSION_DECLARATIONS) {
            Table table = dimension.table();
            long version = snapshot.versionOf(table);
            List<PublishedDimension.File> files = new ArrayList<>();
            List<KeyPage> pages = new ArrayList<>();
            for (Path path : version > 0 ? parquetFiles(layout.tableVersion(table, version)) : List.<Path>of()) {
                List<KeyPage> ofFile = pages(dimension, path);
                if (!ofFile.isEmpty()) {
                    int greatest = ofFile.get(ofFile.size() - 1).greatest();
                    files.add(new PublishedDimension.File(
                            path.toString(), ofFile.get(0).least(), greatest));
                    pages.addAll(ofFile);
                }
            }
            if (!files.isEmpty()) {
                dimensions.put(table.name(), PublishedDimension.divide(files, pages, reducers));
            }
        }
        return dimensions;
    }

    private List<Path> parquetFiles(Path directory) throws IOException {
        return Arrays.stream(fs.listStatus(directory))
                .map(FileStatus::getPath)
                .filter(path -> path.getName().endsWith(".parquet"))
                .toList();
    }

    private List<KeyPage> pages(Dimension dimension, Path path) throws IOException {
        try (RowGroupFile file = RowGroupFile.open(dimension.table(), path, conf)) {
            return file.pages(dimension.key());
        }
    }
}
