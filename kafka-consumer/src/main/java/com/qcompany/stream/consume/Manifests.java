package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.PendingManifests;
import com.qcompany.stream.StreamLayout;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Listing;
import com.qcompany.warehouse.state.Rename;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** A target directory may be removed as empty between its making and the rename. */
    private static final int RENAME_ATTEMPTS = 5;

    private final FileSystem fs;
    private final StreamLayout layout;
    private final PendingManifests pending;
    private final Duration retained;
    private final Clock clock;
    private final PublishedPartitions partitions;
    private final ProtocolStep.Listener steps;

    /**
     * @param retained age up to which a manifest in {@code done/} is kept
     * @param partitions is told of partitions of tables that get a file
     */
    Manifests(
            FileSystem fs,
            StreamLayout layout,
            Duration retained,
            Clock clock,
            PublishedPartitions partitions,
            ProtocolStep.Listener steps) {
        this.fs = fs;
        this.layout = layout;
        this.pending = new PendingManifests(fs, layout);
        this.retained = retained;
        this.clock = clock;
        this.partitions = partitions;
        this.steps = steps;
    }

    /** Writes the manifest of an epoch whose files are closed. */
    void write(Manifest manifest) throws IOException {
        ImmutableFiles.write(fs, layout.manifest(manifest.epoch()), manifest);
    }

    /** The manifests of an instance that are not wholly published; committed or not. */
    List<Manifest> pendingOf(String instance) throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        for (String epoch : pending()) {
            Optional<Manifest> manifest = find(epoch);
            if (manifest.isPresent() && manifest.get().instance().equals(instance)) {
                manifests.add(manifest.get());
            }
        }
        return manifests;
    }

    /** Epochs that are not wholly published. */
    List<String> pending() throws IOException {
        return pending.epochs();
    }

    /** A manifest that is not wholly published. */
    Optional<Manifest> find(String epoch) throws IOException {
        return pending.find(epoch);
    }

    /**
     * Publishes what a committed epoch has left.
     *
     * @throws LostManifestException if there is no manifest of that epoch, though it is younger than the retention
     */
    void rollForward(String epoch) throws IOException {
        Optional<Manifest> manifest = find(epoch);
        if (manifest.isPresent()) {
            publish(manifest.get());
        } else if (!fs.exists(done(epoch)) && isRetained(epoch)) {
            throw new LostManifestException(
                    "Cannot publish epoch %s: offsets were committed for it, but it has no manifest in %s or %s"
                            .formatted(epoch, layout.manifests(), layout.done()));
        }
    }

    /** Renames every file of a committed epoch that has not its final name yet, and puts the manifest away. */
    void publish(Manifest manifest) throws IOException {
        for (StagedFile file : manifest.files()) {
            publish(manifest, file);
            steps.reached(ProtocolStep.FILE_PUBLISHED);
        }
        partitions.published(manifest);
        steps.reached(ProtocolStep.ALL_PUBLISHED);
        Path file = layout.manifest(manifest.epoch());
        Path done = done(manifest.epoch());
        fs.mkdirs(done.getParent());
        if (!Rename.attempt(fs, file, done) && fs.exists(file)) {
            throw new IOException("Cannot put away manifest %s as %s".formatted(file, done));
        }
        steps.reached(ProtocolStep.MANIFEST_DONE);
        fs.delete(layout.staging(manifest.instance(), manifest.epoch()), true);
    }

    /** Removes an epoch that was not committed. */
    void discard(Manifest manifest) throws IOException {
        fs.delete(layout.manifest(manifest.epoch()), false);
        fs.delete(layout.staging(manifest.instance(), manifest.epoch()), true);
        LOG.info("Discarded epoch {}, which was not committed: its records are consumed again", manifest.epoch());
    }

    /** Removes staging directories of an instance that no manifest refers to; for the only thread of that name. */
    void discardUnsealed(String instance) throws IOException {
        List<String> sealed = pending();
        for (FileStatus directory : Listing.of(fs, layout.staging(instance))) {
            if (!sealed.contains(directory.getPath().getName())) {
                fs.delete(directory.getPath(), true);
                LOG.info("Discarded {}: its epoch was not sealed, its records are consumed again", directory.getPath());
            }
        }
    }

    /** Published manifests of every date that is kept, oldest first. */
    List<Manifest> done() throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        for (FileStatus date : Listing.of(fs, layout.done())) {
            for (Path file : ImmutableFiles.list(fs, date.getPath())) {
                manifests.add(ImmutableFiles.read(fs, file, Manifest.class));
            }
        }
        return manifests;
    }

    /** Removes manifests older than the retention. */
    void expire() throws IOException {
        for (FileStatus date : Listing.of(fs, layout.done())) {
            if (LocalDate.parse(date.getPath().getName()).isBefore(oldestRetained())) {
                fs.delete(date.getPath(), true);
            }
        }
    }

    private void publish(Manifest manifest, StagedFile file) throws IOException {
        Path staged = layout.resolve(file.staged());
        Path target = layout.resolve(file.target());
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
            throw new LostManifestException("Cannot publish epoch %s: %s is neither staged nor published as %s"
                    .formatted(manifest.epoch(), file.staged(), target));
        }
    }

    private boolean isRetained(String epoch) {
        return !EpochId.date(epoch).isBefore(oldestRetained());
    }

    private LocalDate oldestRetained() {
        return clock.instant().minus(retained).atZone(ZoneOffset.UTC).toLocalDate();
    }

    private Path done(String epoch) {
        return layout.done(EpochId.date(epoch), epoch);
    }
}
