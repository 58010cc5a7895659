package com.qcompany.batch.compact;

import com.qcompany.batch.compact.CompactionPlan.PartitionFiles;
import com.qcompany.batch.compact.CompactionPlan.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Progressable;

/**
 * Merges all files of a partition into one, in as many passes as memory asks for; nearly always that is one. Files of
 * earlier passes lie hidden beside the target until they are merged in turn.
 */
final class PartitionMerge {

    private final MergePasses passes;
    private final Configuration conf;
    private final Progressable progress;

    PartitionMerge(MergePasses passes, Configuration conf, Progressable progress) {
        this.passes = passes;
        this.conf = conf;
        this.progress = progress;
    }

    /** Merges into a new file; returns its rows. */
    long merge(PartitionFiles partition, Path target) throws IOException {
        SortedMerge merge = new SortedMerge(partition.declaration(), conf, progress);
        FileSystem fs = target.getFileSystem(conf);
        List<SourceFile> files = new ArrayList<>(partition.files());
        List<Path> intermediate = new ArrayList<>();
        List<SourceFile> next = passes.next(files);
        while (next.size() < files.size()) {
            Path pass = new Path(target.getParent(), "." + target.getName() + "-pass-" + intermediate.size());
            merge.merge(paths(next), pass);
            intermediate.add(pass);
            files.removeAll(next);
            files.add(new SourceFile(pass.toString(), fs.getFileStatus(pass).getLen()));
            next = passes.next(files);
        }
        long rows = merge.merge(paths(files), target);
        for (Path pass : intermediate) {
            fs.delete(pass, false);
        }
        return rows;
    }

    private static List<Path> paths(List<SourceFile> files) {
        return files.stream().map(file -> new Path(file.path())).toList();
    }
}
