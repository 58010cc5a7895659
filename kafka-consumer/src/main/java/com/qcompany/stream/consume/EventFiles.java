package com.qcompany.stream.consume;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.StreamLayout;
import com.qcompany.stream.consume.StagedFiles.OpenFile;
import com.qcompany.stream.event.EventFileWriter;
import com.qcompany.stream.event.EventRow;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event files of an epoch, one an hour as long as few enough hours come at once.
 *
 * <p>Memory is bounded twice: at most so many files are open, the least recently written is closed for a new hour; and
 * the rows that open files hold in memory stay below a size, beyond which the file that holds most is closed. An hour
 * then gets a second file. Time is bounded by the number of files: a storm of old hours is committed some hundred files
 * at a time.
 */
final class EventFiles {

    private static final Logger LOG = LoggerFactory.getLogger(EventFiles.class);
    private static final long CHECK_AFTER_BYTES = 1 << 20;
    /** Files at which the epoch is committed: making and publishing them takes seconds, in which nobody polls. */
    static final int MAX_FILES = 256;

    private final StagedFiles staged;
    private final StreamLayout layout;
    private final int maxOpenFiles;
    private final long rollSizeBytes;
    private final long bufferBytes;
    /** By hour, the least recently written first. */
    private final Map<Long, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);

    private long uncheckedBytes;
    private boolean full;

    EventFiles(StagedFiles staged, StreamFiles files) {
        this.staged = staged;
        this.layout = files.layout();
        this.maxOpenFiles = StreamSettings.MAX_OPEN_FILES.get(files.conf());
        this.rollSizeBytes = StreamSettings.ROLL_SIZE.get(files.conf());
        this.bufferBytes = StreamSettings.BUFFER_SIZE.get(files.conf()) / StreamSettings.THREADS.get(files.conf());
    }

    /** Writes a row to its hour's file. */
    void write(EventRow row) throws IOException {
        fileOf(row.hourNumber()).writer().write(row.row());
        uncheckedBytes += row.receivedBytes();
        if (uncheckedBytes >= CHECK_AFTER_BYTES) {
            uncheckedBytes = 0;
            checkSizes();
        }
    }

    /** Whether the epoch should be committed, for the size of a file or the number of them. */
    boolean isFull() {
        return full;
    }

    int openFiles() {
        return open.size();
    }

    /** Closes and syncs every file. */
    void close() throws IOException {
        for (OpenFile file : List.copyOf(open.values())) {
            close(file);
        }
    }

    /** Lets go of open files that will never be published. */
    void abandon() {
        open.values().forEach(file -> file.writer().abandon());
        open.clear();
    }

    private OpenFile fileOf(long hour) throws IOException {
        OpenFile file = open.get(hour);
        if (file != null) {
            return file;
        }
        if (open.size() >= maxOpenFiles) {
            close(open.values().iterator().next());
        }
        OpenFile opened = staged.open(layout.open(new EventHour(hour)), "", EventFileWriter::open);
        open.put(hour, opened);
        if (staged.count() >= MAX_FILES && !full) {
            full = true;
            LOG.info("Committing early: events of many hours at once have made {} files", MAX_FILES);
        }
        return opened;
    }

    private void checkSizes() throws IOException {
        long buffered = 0;
        for (OpenFile file : open.values()) {
            buffered += file.writer().bufferedBytes();
            full |= file.writer().bytes() >= rollSizeBytes;
        }
        if (buffered > bufferBytes) {
            close(Collections.max(
                    open.values(),
                    Comparator.comparingLong(candidate -> candidate.writer().bufferedBytes())));
        }
    }

    private void close(OpenFile file) throws IOException {
        staged.close(file);
        open.values().remove(file);
    }
}
