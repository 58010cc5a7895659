package com.qcompany.batch.ingest;

import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Copies groups into the raw zone. A copy is made below {@code raw/.incoming}, where nobody looks, read back and
 * compared with the source, and renamed as a whole directory to its place; {@code _SUCCESS} comes last.
 *
 * <p>Files are copied at once by several threads, each through one small buffer, whatever the size.
 */
final class RawZone {

    private static final String SUCCESS = "_SUCCESS";

    private final FileSystem fs;
    private final Layout layout;
    private final Path incoming;
    private final int threads;
    private final FileCopy copy;

    RawZone(FileSystem fs, Layout layout, int threads) {
        this.fs = fs;
        this.layout = layout;
        this.incoming = new Path(layout.root(), "raw/.incoming");
        this.threads = threads;
        this.copy = new FileCopy(fs);
    }

    /**
     * Copies files into a fresh hidden directory and verifies them.
     *
     * @param progress told of bytes as they are written and again as they are read back
     * @return the hidden directory
     * @throws IOException naming the file, if one changed since it was inspected or its copy differs
     */
    Path receive(LandingGroup group, List<FileRecord> files, LongConsumer progress) throws IOException {
        Path directory = new Path(incoming, group.name() + "." + UUID.randomUUID());
        fs.mkdirs(directory);
        List<Callable<Path>> copies = new ArrayList<>();
        for (FileRecord file : files) {
            java.nio.file.Path source = group.folder().resolve(file.name());
            Path target = new Path(directory, file.name());
            copies.add(() -> copy.verified(source, target, file.sha256(), progress));
        }
        runAll(copies);
        return directory;
    }

    /** Moves a received directory to its place and marks it complete; does what is left of that when repeated. */
    void publish(Path received, Path place) throws IOException {
        if (!fs.exists(place)) {
            fs.mkdirs(place.getParent());
            if (!fs.exists(received)) {
                throw new IOException(
                        "Cannot publish %s: it is gone and %s is not there (delete state/ledger/intents to take it again)"
                                .formatted(received, place));
            }
            if (!fs.rename(received, place)) {
                throw new IOException("Cannot publish %s: renaming it to %s failed".formatted(received, place));
            }
        }
        mark(new Path(place, SUCCESS));
    }

    /** Says to a scheduler that an hour has a group. */
    void markTaken(LocalDateTime hour) throws IOException {
        mark(layout.takenFlag(hour));
    }

    private void mark(Path flag) throws IOException {
        if (!fs.exists(flag)) {
            fs.create(flag, true).close();
        }
    }

    /** Deletes what earlier runs received and never published. */
    void discardReceived() throws IOException {
        fs.delete(incoming, true);
    }

    private void runAll(List<Callable<Path>> copies) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, copies.size())));
        try {
            for (Future<Path> copy : pool.invokeAll(copies)) {
                var unused = copy.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("Cannot copy to %s".formatted(incoming), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while copying to %s".formatted(incoming));
        } finally {
            pool.shutdownNow();
        }
    }
}
