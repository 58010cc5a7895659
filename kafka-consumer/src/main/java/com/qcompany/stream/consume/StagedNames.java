package com.qcompany.stream.consume;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.StreamLayout;
import com.qcompany.warehouse.schema.StarSchema;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Names of the files of one epoch: where they are staged, and what they become. */
final class StagedNames {

    private final StreamLayout layout;
    private final String instance;
    private final String epoch;
    private int files;

    StagedNames(StreamLayout layout, String instance, String epoch) {
        this.layout = layout;
        this.instance = instance;
        this.epoch = epoch;
    }

    /** The names of one file. */
    record Name(StreamLayout layout, Path path, Path target) {

        /** The file as it stands in the manifest. */
        StagedFile staged(long rows, long bytes) {
            return new StagedFile(layout.below(path), layout.below(target), rows, bytes);
        }
    }

    /** The next event file of an hour; hidden until the hour closes. */
    Name next(EventHour hour) {
        return next(layout.open(hour));
    }

    /** The next file of rejected events of a partition. */
    Name nextRejected(List<String> partition) {
        return next(layout.partition(StarSchema.REJECTED_EVENTS, partition));
    }

    private Name next(Path directory) {
        String name = files++ + ".parquet";
        return new Name(
                layout, new Path(layout.staging(instance, epoch), name), new Path(directory, epoch + "." + name));
    }
}
