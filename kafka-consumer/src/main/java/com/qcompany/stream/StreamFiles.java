package com.qcompany.stream;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The settings of a stream, and where its files lie below {@code q.root}. All of it is on one file system, so that
 * publishing is renaming.
 *
 * <pre>
 * stream/staging/INSTANCE/EPOCH/        what a thread writes before it commits
 * stream/compacting/RUN/                what a compaction writes before it commits
 * stream/unregistered/TABLE/VALUES      partitions that Hive is not known to have
 * stream/manifests/EPOCH.json           sealed epochs, committed or about to be, that are not wholly published
 * stream/done/uuuu-MM-dd/EPOCH.json     wholly published epochs, by the UTC date of their begin
 * stream/open/event_date=D/event_hour=H/EPOCH.N.parquet     committed files of hours that are not yet visible
 * stream/closings/HOUR.N.json           journal of closings that have begun
 * stream/closings/done/uuuu-MM-dd/HOUR.N.json               summaries of what closings published, kept for ever
 * stream/owner.json                     the group whose stream this is, and the stream's id
 * stream/lost/TOPIC-P-FROM-TO-ID.json   offsets that were not consumed, of a life of a topic
 * stream/replayed/                      what was sent again
 * tables/kafka/event_date=D/event_hour=H/                   what readers see
 * </pre>
 *
 * @param warehouse the warehouse's layout
 */
public record StreamFiles(Configuration conf, FileSystem fs, Layout warehouse) {

    /** Of a configuration, its root fully qualified. */
    public static StreamFiles of(Configuration conf) throws IOException {
        Path root = Layout.of(conf).root();
        FileSystem fs = root.getFileSystem(conf);
        return new StreamFiles(conf, fs, new Layout(fs.makeQualified(root)));
    }

    /** The part of a path below {@code q.root}, whatever scheme and authority it is written with: the root may move. */
    public String below(Path path) {
        String prefix = warehouse.root().toUri().getPath() + Path.SEPARATOR;
        String text = path.toUri().getPath();
        if (!text.startsWith(prefix)) {
            throw new IllegalArgumentException("Cannot keep %s in a manifest or journal (expected a path below %s)"
                    .formatted(path, warehouse.root()));
        }
        return text.substring(prefix.length());
    }

    /** The path of what is {@link #below} the root. */
    public Path resolve(String below) {
        return new Path(warehouse.root(), below);
    }

    /** The path of what is no table, by its name below {@code stream/}. */
    public Path path(String name) {
        return resolve("stream/" + name);
    }

    /** Staging directory of an epoch. */
    public Path staging(String instance, String epoch) {
        return path("staging/" + instance + "/" + epoch);
    }

    /** Manifest of an epoch that is not wholly published. */
    public Path manifest(String epoch) {
        return path("manifests/" + epoch + ".json");
    }

    /** Journal of the closings that have begun. */
    public Path closings() {
        return path("closings");
    }

    /** The committed files of an hour that are not yet visible. */
    public Path open(EventHour hour) {
        return path("open/" + hour.directory());
    }

    /** The visible partition of an hour. */
    public Path visible(EventHour hour) {
        return warehouse.partition(StarSchema.KAFKA, hour.partition());
    }
}
