package com.qcompany.batch.ingest;

import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.NewFile;
import com.qcompany.warehouse.state.ParallelTasks;
import com.qcompany.warehouse.state.Rename;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;

/**
 * Copies groups into the raw zone. A copy is made below {@code raw/.incoming}, where nobody looks, read back and
 * compared with the source, and renamed as a whole directory to its place; {@code _SUCCESS} comes last.
 */
record RawZone(FileSystem fs, Layout layout, int threads) {

    private static final int BUFFER_BYTES = 1 << 17;

    /** Copies files into a fresh hidden directory and verifies them. */
    Path receive(LandingGroup group, List<FileRecord> files) throws IOException {
        Path directory = new Path(incoming(), UUID.randomUUID().toString());
        fs.mkdirs(directory);
        new ParallelTasks(threads).forEach(files, file -> {
            Path target = new Path(directory, file.rawName());
            copy(group.folder().resolve(file.name()), target, file.sha256());
        });
        return directory;
    }

    /** Copies a file and reads the copy back, each through one buffer whatever the size. */
    void copy(java.nio.file.Path source, Path target, String sha256) throws IOException {
        try (MeasuredStream in = new MeasuredStream(Files.newInputStream(source), source.toString())) {
            NewFile.write(fs, target, out -> IOUtils.copyBytes(in, out, BUFFER_BYTES));
            if (!in.sha256().equals(sha256)) {
                throw new IOException("Cannot accept %s: it changed while it was copied (expected a complete file)"
                        .formatted(source));
            }
        }
        try (MeasuredStream copied = new MeasuredStream(fs.open(target), target.toString())) {
            IOUtils.copyBytes(copied, OutputStream.nullOutputStream(), BUFFER_BYTES);
            String stored = copied.sha256();
            if (!stored.equals(sha256)) {
                throw new IOException("Cannot trust %s: its SHA-256 is %s (expected %s, as %s has)"
                        .formatted(target, stored, sha256, source));
            }
        }
    }

    /** Moves a received directory to its place and marks it complete; does what is left of that when repeated. */
    void publish(Path received, Path place) throws IOException {
        if (!fs.exists(place)) {
            fs.mkdirs(place.getParent());
            if (!Rename.attempt(fs, received, place)) {
                throw new IOException(
                        "Cannot publish %s (expected the copy %s, to be renamed to it)".formatted(place, received));
            }
        }
        mark(new Path(place, "_SUCCESS"));
    }

    /** Makes an empty file, if it is not there. */
    void mark(Path flag) throws IOException {
        if (!fs.exists(flag)) {
            fs.create(flag, true).close();
        }
    }

    /** Moves a received or published directory away, where it hinders nobody; nothing where there is none. */
    Optional<Path> abandon(Path directory) throws IOException {
        if (!fs.exists(directory)) {
            return Optional.empty();
        }
        Path aside = new Path(layout.root(), "raw/.abandoned/" + directory.getName() + "." + UUID.randomUUID());
        fs.mkdirs(aside.getParent());
        if (!fs.rename(directory, aside)) {
            throw new IOException(
                    "Cannot move %s to %s (expected a directory that may be moved)".formatted(directory, aside));
        }
        return Optional.of(aside);
    }

    /** Deletes what earlier runs received and never published. */
    void discardReceived() throws IOException {
        fs.delete(incoming(), true);
    }

    /** Where copies lie that are not published yet. */
    Path incoming() {
        return new Path(layout.root(), "raw/.incoming");
    }
}
