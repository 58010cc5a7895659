package com.qcompany.stream;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Layout;
import java.time.LocalDate;
import org.apache.hadoop.fs.Path;

/**
 * Where the stream's files lie below {@code q.root}. All of it is on one file system, so that publishing is renaming.
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
 * tables/kafka/event_date=D/event_hour=H/                   what readers see
 * </pre>
 *
 * @param warehouse the warehouse's layout
 */
public record StreamLayout(Layout warehouse) {

    static final String MANIFEST = ".json";

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

    /** Root of what is not a table. */
    public Path root() {
        return new Path(warehouse.root(), "stream");
    }

    /** Parent of the staging directories of all consumer threads. */
    public Path stagingRoot() {
        return new Path(root(), "staging");
    }

    /** Parent of the staging directories of one consumer thread. */
    public Path staging(String instance) {
        return new Path(stagingRoot(), instance);
    }

    /** Staging directory of an epoch. */
    public Path staging(String instance, String epoch) {
        return new Path(staging(instance), epoch);
    }

    /** Directory of the manifests of epochs that are not wholly published. */
    public Path manifests() {
        return new Path(root(), "manifests");
    }

    /** Manifest of an epoch that is not wholly published. */
    public Path manifest(String epoch) {
        return new Path(manifests(), epoch + MANIFEST);
    }

    /** Directory of the manifests of published epochs, by date. */
    public Path done() {
        return new Path(root(), "done");
    }

    /** Manifest of a published epoch. */
    public Path done(LocalDate date, String epoch) {
        return new Path(done(), date + Path.SEPARATOR + epoch + MANIFEST);
    }

    /** Root of the committed files that are not yet visible. */
    public Path open() {
        return new Path(root(), "open");
    }

    /** The committed files of an hour that are not yet visible. */
    public Path open(EventHour hour) {
        return new Path(open(), hour.directory());
    }

    /** Journal of closings. */
    public Path closings() {
        return new Path(root(), "closings");
    }

    /** Directory of the summaries of a date's hours. */
    public Path closed(LocalDate date) {
        return new Path(warehouse.closedHours(), date.toString());
    }

    /** Records of offsets that were not consumed. */
    public Path lost() {
        return new Path(root(), "lost");
    }

    /** The group whose stream the root holds, and the stream's id. */
    public Path owner() {
        return new Path(root(), "owner.json");
    }

    /** The visible partition of an hour. */
    public Path visible(EventHour hour) {
        return warehouse.partition(StarSchema.KAFKA, hour.partition());
    }

    /** Parent of the staging directories of compactions. */
    public Path compactionStaging() {
        return new Path(root(), "compacting");
    }

    /** Partitions that are yet to be registered in Hive. */
    public Path unregistered() {
        return new Path(root(), "unregistered");
    }
}
