package com.qcompany.stream.compact;

import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.compact.Closing.Input;
import com.qcompany.stream.compact.ClosingJournal.ClosedElsewhereException;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Rename;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out committed closings. Every step is done or found done, so that a replay can follow one that was cut short
 * anywhere, even by a process that still lives.
 */
record ClosingReplay(StreamFiles stream, ClosingJournal journal, PartitionRegistrar registrar) {

    private static final Logger LOG = LoggerFactory.getLogger(ClosingReplay.class);

    /**
     * Does all that a closing says.
     *
     * @return false if nothing of it was done or will be: what was staged for it is gone while its inputs are there, so
     *     that the hour closes anew
     * @throws IOException if a file is neither where it was nor where it should be, or the file system fails
     */
    boolean run(Closing closing) throws IOException {
        if (!publish(closing)) {
            takeBack(closing);
            return false;
        }
        for (Input input : closing.inputs()) {
            if (!input.path().equals(closing.staged())) { // renamed
                stream.fs().delete(stream.resolve(input.path()), false);
            }
        }
        registrar.remember(StarSchema.KAFKA, closing.eventHour().partition());
        journal.finish(closing);
        LOG.info(
                "Closed hour {}: {} files became {} with {} rows, {} bytes",
                closing.hour(),
                closing.inputs().size(),
                closing.target(),
                closing.rows(),
                closing.bytes());
        return true;
    }

    private boolean publish(Closing closing) throws IOException {
        Path staged = stream.resolve(closing.staged());
        Path target = stream.resolve(closing.target());
        stream.fs().mkdirs(target.getParent());
        if (Rename.attempt(stream.fs(), staged, target)) {
            return true;
        }
        if (stream.fs().exists(staged)) {
            throw new IOException("Cannot publish %s as %s: the rename was refused".formatted(staged, target));
        }
        return stream.fs().exists(target);
    }

    private void takeBack(Closing closing) throws IOException {
        for (Input input : closing.inputs()) {
            Path path = stream.resolve(input.path());
            if (stream.fs().exists(path) && stream.fs().getFileStatus(path).getLen() == input.bytes()) {
                continue;
            }
            if (!journal.isUnderWay(closing)) {
                throw new ClosedElsewhereException(
                        "Cannot carry out closing %s: another compaction has done it".formatted(closing.name()));
            }
            throw new IOException(
                    "Cannot carry out closing %s: %s and %s are gone (expected either the result or all inputs; restore one of them)"
                            .formatted(closing.name(), stream.resolve(closing.target()), path));
        }
        LOG.warn("Closing {} is taken back: what it had staged is gone, its inputs are there", closing.name());
        journal.discard(closing);
    }
}
