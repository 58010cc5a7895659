package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.event.EventFileWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.BiFunctionRaisingIOE;

/** The files of one epoch: where each is staged, and what it becomes. */
final class StagedFiles {

    private final StreamFiles files;
    private final String epoch;
    private final Path staging;
    private final List<StagedFile> closed = new ArrayList<>();
    private int opened;

    StagedFiles(StreamFiles files, String instance, String epoch) {
        this.files = files;
        this.epoch = epoch;
        this.staging = files.layout().staging(instance, epoch);
    }

    /** A file that is being written, and what it becomes. */
    record OpenFile(Path staged, Path target, EventFileWriter writer) {}

    /**
     * Opens the next file for a directory.
     *
     * @param prefix what its name begins with while it is staged
     * @param opening how it is opened: for events or for rejected ones
     */
    OpenFile open(Path directory, String prefix, BiFunctionRaisingIOE<Path, Configuration, EventFileWriter> opening)
            throws IOException {
        String name = opened++ + ".parquet";
        Path staged = new Path(staging, prefix + name);
        return new OpenFile(staged, new Path(directory, epoch + "." + name), opening.apply(staged, files.conf()));
    }

    /** Closes a file, which is on disk then. */
    void close(OpenFile file) throws IOException {
        file.writer.close();
        closed.add(new StagedFile(
                files.layout().below(file.staged),
                files.layout().below(file.target),
                file.writer.rows(),
                files.fs().getFileStatus(file.staged).getLen()));
    }

    /** How many files were opened. */
    int count() {
        return opened;
    }

    /** The files that are closed. */
    List<StagedFile> closed() {
        return List.copyOf(closed);
    }
}
