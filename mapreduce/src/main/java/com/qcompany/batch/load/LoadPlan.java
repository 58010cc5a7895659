package com.qcompany.batch.load;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a load reads: written as JSON into its staging directory, from where every task reads it.
 *
 * @param runId id of the run
 * @param root root directory, to which the groups' paths are relative
 * @param snapshot sequence of the snapshot it builds on
 * @param groups groups to load, in the order of the source
 * @param knownSince position of the first group in {@code groups} that shows a key, by key as text, by name of a
 *     dimension; -1 for keys that are published
 * @param dimensions the current version of each dimension that has any, by its name
 * @param reducers number of reducers of the job
 */
record LoadPlan(
        String runId,
        String root,
        long snapshot,
        List<GroupRecord> groups,
        Map<String, Map<String, Integer>> knownSince,
        Map<String, PublishedDimension> dimensions,
        int reducers) {

    private static final String FILE = "plan.json";

    /**
     * A file to load.
     *
     * @param index its place among all files of the plan, in the order of the source
     * @param groupIndex place of its group in the plan
     * @param group its group
     * @param record its ledger entry
     * @param path where it lies in the raw zone
     */
    record PlannedFile(int index, int groupIndex, SourceGroup group, FileRecord record, Path path) {}

    LoadPlan {
        groups = List.copyOf(groups);
        knownSince = Map.copyOf(knownSince);
        dimensions = Map.copyOf(dimensions);
    }

    /** All files, in the order of the source. */
    @JsonIgnore
    List<PlannedFile> files() {
        List<PlannedFile> files = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            GroupRecord group = groups.get(g);
            String rawPath = Objects.requireNonNull(group.rawPath(), "an accepted group lies in the raw zone");
            Path directory = new Path(root, rawPath);
            for (FileRecord file : group.files()) {
                files.add(new PlannedFile(files.size(), g, group.group(), file, new Path(directory, file.name())));
            }
        }
        return files;
    }

    /** Whether a key is published, or shown by a group of the plan up to a position. */
    boolean knows(int groupIndex, String table, Object key) {
        Integer since = knownSince.getOrDefault(table, Map.of()).get(key.toString());
        return since != null && since <= groupIndex;
    }

    /** Number of the reducer that merges a thing of a dimension; all the same which, where nothing is published. */
    int reducerOf(Table dimension, Object thing) {
        PublishedDimension published = dimensions.get(dimension.name());
        return published == null ? Math.floorMod(thing.hashCode(), reducers) : published.reducerOf((Integer) thing);
    }

    /** Writes the plan for the tasks of a job. */
    void writeTo(Configuration conf) throws IOException {
        Path file = new Path(Layout.of(conf).staging(runId), FILE);
        ImmutableFiles.write(file.getFileSystem(conf), file, this);
        conf.set(FILE_KEY, file.toString());
    }

    /** Reads the plan of the job that a task belongs to. */
    static LoadPlan of(Configuration conf) throws IOException {
        Path file = new Path(conf.get(FILE_KEY, FILE));
        return ImmutableFiles.read(file.getFileSystem(conf), file, LoadPlan.class);
    }

    /** Set by the driver for its tasks; not for users. */
    private static final String FILE_KEY = "qcompany.load.plan";
}
