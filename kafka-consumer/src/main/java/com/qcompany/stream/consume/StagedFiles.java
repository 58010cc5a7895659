package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.StreamLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files of one epoch: where each is staged, and what it becomes. */
final class StagedFiles {

    private final FileSystem fs;
    private final StreamLayout layout;
    private final String epoch;
    private final Path staging;
    private final List<StagedFile> closed = new ArrayList<>();
    private int named;

    StagedFiles(StreamFiles files, String instance, String epoch) {
        this.fs = files.fs();
        this.layout = files.layout();
        this.epoch = epoch;
        this.staging = layout.staging(instance, epoch);
    }

    /** Where a file is written, and what it becomes. */
    record Name(Path path, Path target) {}

    /** The names of the next file for a directory. */
    Name next(Path directory) {
        String name = named++ + ".parquet";
        return new Name(new Path(staging, name), new Path(directory, epoch + "." + name));
    }

    /** Takes a file that is closed and on disk. */
    void closed(Name name, long rows) throws IOException {
        long bytes = fs.getFileStatus(name.path()).getLen();
        closed.add(new StagedFile(layout.below(name.path()), layout.below(name.target()), rows, bytes));
    }

    /** How many files have got a name. */
    int count() {
        return named;
    }

    /** The files that are closed. */
    List<StagedFile> closed() {
        return List.copyOf(closed);
    }
}
