package com.qcompany.batch.publish;

import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Rename;
import com.qcompany.warehouse.state.SequencedFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The journal, {@code state/journal/SEQUENCE.json} with ten digits. An entry that is in it will be carried out. */
final class Journal {

    private static final String PREPARED = "_journal.json";

    private final FileSystem fs;
    private final SequencedFiles files;

    Journal(FileSystem fs, Layout layout) {
        this.fs = fs;
        this.files = layout.journal();
    }

    /** The entry of a sequence, or empty if none is committed. */
    Optional<JournalEntry> find(long sequence) throws IOException {
        return ImmutableFiles.find(fs, file(sequence), JournalEntry.class);
    }

    /** The entry of a sequence. */
    JournalEntry read(long sequence) throws IOException {
        return ImmutableFiles.read(fs, file(sequence), JournalEntry.class);
    }

    /** Sequences of all entries, ascending. */
    List<Long> sequences() throws IOException {
        return files.sequences(fs);
    }

    /** Where the entry of a sequence lies. */
    Path file(long sequence) {
        return files.file(sequence);
    }

    /**
     * Commits an entry: the one rename before which nothing happened and after which everything will. The entry is
     * prepared in the run's staging directory, so that a run whose staging was {@link StagingArea#fence fenced} cannot
     * commit: the rename finds no source. The lease is checked between the two, when a preparation that made a fenced
     * directory again is found out.
     *
     * @throws FileAlreadyExistsException if another run committed this sequence
     */
    void commit(JournalEntry entry, Path staging, LeaseCheck lease) throws IOException {
        Path prepared = new Path(staging, PREPARED);
        Path target = file(entry.sequence());
        fs.delete(prepared, false);
        ImmutableFiles.write(fs, prepared, entry);
        fs.mkdirs(files.directory());
        lease.verify();
        if (fs.exists(target) || !Rename.attempt(fs, prepared, target)) {
            throw new FileAlreadyExistsException(
                    "Cannot commit publish %d of run %s: another run committed that number or discarded this run's staging"
                            .formatted(entry.sequence(), entry.runId()));
        }
    }
}
