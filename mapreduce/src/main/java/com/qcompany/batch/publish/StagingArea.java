package com.qcompany.batch.publish;

import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The staging directories, and what becomes of those that crashed runs leave. A directory is first fenced, by one rename
 * after which its run cannot commit any more, and deleted when the journal, read after that, does not refer to it.
 */
final class StagingArea {

    private static final Logger LOG = LoggerFactory.getLogger(StagingArea.class);
    private static final String FENCED = "_fenced-";

    private final FileSystem fs;
    private final Layout layout;

    StagingArea(FileSystem fs, Layout layout) {
        this.fs = fs;
        this.layout = layout;
    }

    /** Where the staged files of a run lie now, fenced or not. */
    Path locate(String runId) throws IOException {
        Path fenced = fenced(runId);
        return fs.exists(fenced) ? fenced : layout.staging(runId);
    }

    /** Takes every staging directory away from its run. */
    void fence() throws IOException {
        for (FileStatus status : Listing.of(fs, layout.stagingRoot())) {
            String name = status.getPath().getName();
            if (!name.startsWith(FENCED) && !fs.rename(status.getPath(), fenced(name))) {
                throw new IOException("Cannot fence staging %s: the rename was refused".formatted(status.getPath()));
            }
        }
    }

    void discardFenced() throws IOException {
        for (FileStatus status : Listing.of(fs, layout.stagingRoot())) {
            if (status.getPath().getName().startsWith(FENCED)) {
                LOG.info("Discarding {}, left by a run that did not end", status.getPath());
                fs.delete(status.getPath(), true);
            }
        }
    }

    /** Deletes the staging directory of a run whose files are published. */
    void remove(String runId) throws IOException {
        fs.delete(layout.staging(runId), true);
        fs.delete(fenced(runId), true);
    }

    private Path fenced(String runId) {
        return new Path(layout.stagingRoot(), FENCED + runId);
    }
}
