package com.qcompany.batch.merge;

import com.qcompany.batch.publish.Rewrite;
import com.qcompany.batch.publish.StagedFile;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.PublishedFile;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Removes ids from {@code transaction_keys}: stages the segments that have them once more without them. */
public record KeyRemoval(Configuration conf, FileSystem fs, Layout layout) {

    /**
     * Stages the segments as replacements for the next publish.
     *
     * @param directory directory below the run's staging that nothing else is written to
     */
    public List<StagedFile> stage(Snapshot before, Set<String> ids, Path directory) throws IOException {
        List<PublishedFile> files = new ArrayList<>();
        for (String segment : before.partitionsOf(StarSchema.TRANSACTION_KEYS).keySet()) {
            List<PublishedFile> ofSegment = PublishedFile.of(before, layout, StarSchema.TRANSACTION_KEYS, segment);
            if (hasAny(ofSegment, ids)) {
                files.addAll(ofSegment);
            }
        }
        return new Rewrite(fs, conf)
                .stage(
                        files,
                        directory,
                        row -> ids.contains(row.text("transaction_id")) ? Optional.empty() : Optional.of(row));
    }

    private boolean hasAny(List<PublishedFile> files, Set<String> ids) throws IOException {
        for (PublishedFile file : files) {
            if (ParquetRows.hasAny(file.table(), file.path(), conf, ParquetRows.anyOf("transaction_id", ids))) {
                return true;
            }
        }
        return false;
    }
}
