package com.qcompany.stream.consume;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.event.EventFileWriter;
import com.qcompany.stream.event.EventRow;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.parquet.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.BiFunctionRaisingIOE;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of an epoch, where each is staged and what it becomes: one an hour of events, and one an hour of rejected
 * records, as long as few enough hours come at once.
 *
 * <p>Memory is bounded twice: at most so many files are open, the least recently written is closed for a new hour; and
 * the rows that open files hold in memory stay below a size, beyond which the file that holds most is closed. An hour
 * then gets a second file. Time is bounded by the number of files: a storm of old hours is committed some hundred files
 * at a time.
 */
final class StagedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(StagedFiles.class);
    private static final long CHECK_AFTER_BYTES = 1 << 20;
    /** Files at which the epoch is committed: making and publishing them takes seconds, in which nobody polls. */
    static final int MAX_FILES = 256;

    private final StreamFiles files;
    private final String epoch;
    private final Path staging;
    private final int maxOpenFiles;
    private final long rollSizeBytes;
    private final long bufferBytes;
    private final List<StagedFile> closed = new ArrayList<>();
    /** By key, the least recently written first. */
    private final Map<Object, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);

    private int opened;
    private long uncheckedBytes;
    private boolean full;

    StagedFiles(StreamFiles files, String instance, String epoch) {
        this.files = files;
        this.epoch = epoch;
        this.staging = files.staging(instance, epoch);
        this.maxOpenFiles = StreamSettings.MAX_OPEN_FILES.get(files.conf());
        this.rollSizeBytes = StreamSettings.ROLL_SIZE.get(files.conf());
        this.bufferBytes = StreamSettings.BUFFER_SIZE.get(files.conf()) / StreamSettings.THREADS.get(files.conf());
    }

    /** A file that is being written, and what it becomes. */
    private record OpenFile(Path staged, Path target, EventFileWriter writer) {}

    /** Writes an event to its hour's file. */
    void write(EventRow event, int bytes) throws IOException {
        EventFileWriter writer = find(event.hourNumber());
        if (writer == null) {
            Path directory = files.open(new EventHour(event.hourNumber()));
            writer = open(event.hourNumber(), directory, "", EventFileWriter::open);
        }
        write(writer, event.row(), bytes);
    }

    /**
     * Writes a row to an open file.
     *
     * @param bytes size of the row's record
     */
    void write(EventFileWriter writer, Row row, int bytes) throws IOException {
        writer.write(row);
        uncheckedBytes += bytes;
        if (uncheckedBytes >= CHECK_AFTER_BYTES) {
            uncheckedBytes = 0;
            checkSizes();
        }
    }

    /** The writer of the file that is open under a key, or null. */
    @Nullable
    EventFileWriter find(Object key) {
        OpenFile file = open.get(key);
        return file == null ? null : file.writer;
    }

    /**
     * Opens the next file for a directory.
     *
     * @param key what it is found by
     * @param prefix what its name begins with while it is staged
     * @param opening how it is opened: for events or for rejected ones
     */
    EventFileWriter open(
            Object key,
            Path directory,
            String prefix,
            BiFunctionRaisingIOE<Path, Configuration, EventFileWriter> opening)
            throws IOException {
        if (open.size() >= maxOpenFiles) {
            close(open.values().iterator().next());
        }
        String name = opened++ + ".parquet";
        Path staged = new Path(staging, prefix + name);
        EventFileWriter writer = opening.apply(staged, files.conf());
        open.put(key, new OpenFile(staged, new Path(directory, epoch + "." + name), writer));
        if (opened == MAX_FILES) {
            full = true;
            LOG.info("Committing early: records of many hours at once have made {} files", MAX_FILES);
        }
        return writer;
    }

    /** Whether the epoch should be committed, for the size of a file or the number of them. */
    boolean isFull() {
        return full;
    }

    int openFiles() {
        return open.size();
    }

    /** Closes every file; all of them are on disk then. */
    List<StagedFile> close() throws IOException {
        for (OpenFile file : List.copyOf(open.values())) {
            close(file);
        }
        return List.copyOf(closed);
    }

    /** Lets go of open files that will never be published. */
    void abandon() {
        open.values().forEach(file -> file.writer.abandon());
        open.clear();
    }

    private void checkSizes() throws IOException {
        long buffered = 0;
        for (OpenFile file : open.values()) {
            buffered += file.writer.bufferedBytes();
            full |= file.writer.bytes() >= rollSizeBytes;
        }
        if (buffered > bufferBytes) {
            close(Collections.max(
                    open.values(), Comparator.comparingLong(candidate -> candidate.writer.bufferedBytes())));
        }
    }

    private void close(OpenFile file) throws IOException {
        file.writer.close();
        closed.add(new StagedFile(
                files.below(file.staged),
                files.below(file.target),
                file.writer.rows(),
                files.fs().getFileStatus(file.staged).getLen()));
        open.values().remove(file);
    }
}
