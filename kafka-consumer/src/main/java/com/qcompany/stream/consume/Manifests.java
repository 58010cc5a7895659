package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.compact.PartitionRegistrar;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Listing;
import com.qcompany.warehouse.state.Rename;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifests of sealed epochs and the renames they ask for.
 *
 * <p>Everything can be repeated, and done by several threads at once: a rename that another thread was faster with is
 * found done. A manifest lies in {@code manifests/} until all its files are published, then in {@code done/}.
 */
final class Manifests {

    private static final Logger LOG = LoggerFactory.getLogger(Manifests.class);

    private static final String CURE = "restore it, or q events offsets --set P:OFFSET,… --force goes on without it";

    /** A target directory may be removed as empty between its making and the rename. */
    private static final int RENAME_ATTEMPTS = 5;

    private final StreamFiles files;
    private final FileSystem fs;
    private final PartitionRegistrar registrar;
    private final Duration retained;
    private final Clock clock;

    Manifests(StreamFiles files, Clock clock) {
        this.files = files;
        this.fs = files.fs();
        this.registrar = PartitionRegistrar.of(files);
        this.retained = StreamSettings.RETAIN_MANIFESTS.get(files.conf());
        this.clock = clock;
    }

    /** Writes the manifest of an epoch whose files are closed. */
    void write(Manifest manifest) throws IOException {
        ImmutableFiles.write(fs, files.manifest(manifest.epoch()), manifest);
    }

    /** Manifests of epochs that are not wholly published; without those that another thread puts away meanwhile. */
    List<Manifest> pending() throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        for (String epoch : Manifest.pending(files)) {
            Manifest.find(files, epoch).ifPresent(manifests::add);
        }
        return manifests;
    }

    /**
     * Publishes what a committed epoch has left.
     *
     * @throws IllegalStateException if there is no manifest of that epoch, though it is younger than the retention: there is
     *     nothing to wait for, the process stops with an alarm
     */
    void rollForward(String epoch) throws IOException {
        Optional<Manifest> manifest = Manifest.find(files, epoch);
        if (manifest.isPresent()) {
            publish(manifest.get());
        } else if (!fs.exists(done(epoch)) && isRetained(epoch)) {
            throw new IllegalStateException(
                    "Cannot publish epoch %s: offsets were committed for it, but it has no manifest in %s or %s (%s)"
                            .formatted(epoch, files.path("manifests"), files.path("done"), CURE));
        }
    }

    /** Renames every file of a committed epoch that has not its final name yet, and puts the manifest away. */
    void publish(Manifest manifest) throws IOException {
        for (StagedFile file : manifest.files()) {
            publish(manifest, file);
            rememberPartition(file.target());
        }
        Path file = files.manifest(manifest.epoch());
        Path done = done(manifest.epoch());
        fs.mkdirs(done.getParent());
        if (!Rename.attempt(fs, file, done) && fs.exists(file)) {
            throw new IOException("Cannot put away manifest %s as %s".formatted(file, done));
        }
        fs.delete(files.staging(manifest.instance(), manifest.epoch()), true);
    }

    /** Removes an epoch that was not committed. */
    void discard(Manifest manifest) throws IOException {
        fs.delete(files.manifest(manifest.epoch()), false);
        fs.delete(files.staging(manifest.instance(), manifest.epoch()), true);
        LOG.info("Discarded epoch {}, which was not committed: its records are consumed again", manifest.epoch());
    }

    /** Published manifests of every date that is kept, oldest first. */
    List<Manifest> done() throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        for (FileStatus date : Listing.of(fs, files.path("done"))) {
            manifests.addAll(ImmutableFiles.all(fs, date.getPath(), Manifest.class));
        }
        return manifests;
    }

    /**
     * Removes manifests older than the retention, counted back from the newest: after a pause, in which Kafka may have
     * forgotten the positions, all are there that say what is published.
     */
    void expire() throws IOException {
        NavigableMap<LocalDate, Path> dates = new TreeMap<>();
        Listing.of(fs, files.path("done"))
                .forEach(date -> dates.put(LocalDate.parse(date.getPath().getName()), date.getPath()));
        LocalDate newest = dates.floorKey(LocalDate.now(clock)); // a clock may have been ahead
        if (newest != null) {
            LocalDate oldest = newest.atStartOfDay().minus(retained).toLocalDate();
            for (Path expired : dates.headMap(oldest).values()) {
                fs.delete(expired, true);
            }
        }
    }

    private void publish(Manifest manifest, StagedFile file) throws IOException {
        Path staged = files.resolve(file.staged());
        Path target = files.resolve(file.target());
        for (int attempt = 1; attempt <= RENAME_ATTEMPTS; attempt++) {
            if (!fs.exists(staged)) {
                requirePublished(manifest, file, target);
                return;
            }
            fs.mkdirs(target.getParent());
            if (Rename.attempt(fs, staged, target)) {
                return;
            }
        }
        throw new IOException("Cannot rename %s to %s (epoch %s)".formatted(staged, target, manifest.epoch()));
    }

    /** Where the target is gone as well, another thread has published all of the epoch and it was compacted since. */
    private void requirePublished(Manifest manifest, StagedFile file, Path target) throws IOException {
        if (!fs.exists(target) && !fs.exists(done(manifest.epoch())) && isRetained(manifest.epoch())) {
            throw new IllegalStateException("Cannot publish epoch %s: %s is neither staged nor published as %s (%s)"
                    .formatted(manifest.epoch(), file.staged(), target, CURE));
        }
    }

    /** Sees to it that Hive gets to know the partition of a file of {@code tables/TABLE/COLUMN=VALUE/…}. */
    private void rememberPartition(String target) throws IOException {
        List<String> path = List.of(target.split("/", -1));
        if (path.get(0).equals("tables")) {
            registrar.remember(
                    StarSchema.table(path.get(1)),
                    path.subList(2, path.size() - 1).stream()
                            .map(directory -> directory.substring(directory.indexOf('=') + 1))
                            .toList());
        }
    }

    private boolean isRetained(String epoch) {
        return !EpochId.begin(epoch).isBefore(clock.instant().minus(retained));
    }

    private Path done(String epoch) {
        return files.path("done/%s/%s.json".formatted(EpochId.date(epoch), epoch));
    }
}
