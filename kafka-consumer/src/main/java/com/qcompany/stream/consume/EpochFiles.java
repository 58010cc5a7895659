package com.qcompany.stream.consume;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.event.EventFileWriter;
import com.qcompany.stream.event.EventRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The staged event files of an epoch, one an hour as long as few enough hours come at once.
 *
 * <p>Memory is bounded twice: at most so many files are open, the least recently written is closed for a new hour; and
 * the rows that open files hold in memory stay below a size, beyond which the file that holds most is closed. An hour
 * then gets a second file. Time is bounded by the number of files: a storm of old hours is committed some hundred files
 * at a time.
 */
final class EpochFiles {

    private static final Logger LOG = LoggerFactory.getLogger(EpochFiles.class);
    private static final long CHECK_AFTER_BYTES = 1 << 20;
    /** Files at which the epoch is committed: making and publishing them takes seconds, in which nobody polls. */
    static final int MAX_FILES = 256;

    private final StagedNames names;
    private final EpochLimits limits;
    private final Configuration conf;
    private final Map<Long, OpenFile> open = new HashMap<>();
    private final List<StagedFile> closed = new ArrayList<>();
    private @Nullable OpenFile latest;
    private long writes;
    private long unchecked;
    private boolean full;

    EpochFiles(StagedNames names, EpochLimits limits, Configuration conf) {
        this.names = names;
        this.limits = limits;
        this.conf = conf;
    }

    /** Writes a row to its hour's file. */
    void write(EventRow row) throws IOException {
        OpenFile file = latest;
        if (file == null || file.hour != row.hourNumber()) {
            file = fileOf(row.hourNumber());
            latest = file;
        }
        file.writer.write(row);
        writes++;
        file.lastWrite = writes;
        unchecked += row.receivedBytes();
        if (unchecked >= CHECK_AFTER_BYTES) {
            unchecked = 0;
            checkSizes();
        }
    }

    /** Whether a file has reached the size at which the epoch should be committed. */
    boolean isFull() {
        return full;
    }

    int openFiles() {
        return open.size();
    }

    /** Closes and syncs every file; what they are and are to become. */
    List<StagedFile> close() throws IOException {
        for (OpenFile file : List.copyOf(open.values())) {
            close(file);
        }
        return List.copyOf(closed);
    }

    /** Lets go of open files that will never be published. */
    void abandon() {
        latest = null;
        for (OpenFile file : open.values()) {
            file.writer.abandon();
        }
        open.clear();
    }

    private OpenFile fileOf(long hour) throws IOException {
        OpenFile file = open.get(hour);
        if (file != null) {
            return file;
        }
        if (open.size() >= limits.maxOpenFiles()) {
            close(open.values().stream()
                    .min(Comparator.comparingLong(candidate -> candidate.lastWrite))
                    .orElseThrow());
        }
        StagedNames.Name name = names.next(new EventHour(hour));
        OpenFile opened = new OpenFile(hour, name, EventFileWriter.open(name.path(), conf));
        open.put(hour, opened);
        if (open.size() + closed.size() == MAX_FILES) {
            full = true;
            LOG.info("Committing early: events of many hours at once have made {} files", MAX_FILES);
        }
        return opened;
    }

    private void checkSizes() throws IOException {
        long buffered = 0;
        for (OpenFile file : open.values()) {
            buffered += file.writer.bufferedBytes();
            full |= file.writer.bytes() >= limits.rollSizeBytes();
        }
        if (buffered > limits.bufferBytes()) {
            close(open.values().stream()
                    .max(Comparator.comparingLong(candidate -> candidate.writer.bufferedBytes()))
                    .orElseThrow());
        }
    }

    private void close(OpenFile file) throws IOException {
        file.writer.close();
        open.remove(file.hour);
        if (latest == file) {
            latest = null;
        }
        Path path = file.name.path();
        long bytes = path.getFileSystem(conf).getFileStatus(path).getLen();
        closed.add(file.name.staged(file.writer.rows(), bytes));
    }

    private static final class OpenFile {

        private final long hour;
        private final StagedNames.Name name;
        private final EventFileWriter writer;
        private long lastWrite;

        OpenFile(long hour, StagedNames.Name name, EventFileWriter writer) {
            this.hour = hour;
            this.name = name;
            this.writer = writer;
        }
    }
}
