package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamLayout;
import com.qcompany.stream.compact.Closing.Input;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Rename;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out committed closings. Every step is done or found done, so that a replay can follow one that was cut short
 * anywhere, even by a process that still lives.
 */
final class ClosingReplay {

    private static final Logger LOG = LoggerFactory.getLogger(ClosingReplay.class);

    private final FileSystem fs;
    private final StreamLayout layout;
    private final ClosingJournal journal;
    private final FileJoin join;
    private final PartitionRegistrar registrar;

    ClosingReplay(
            FileSystem fs, StreamLayout layout, ClosingJournal journal, FileJoin join, PartitionRegistrar registrar) {
        this.fs = fs;
        this.layout = layout;
        this.journal = journal;
        this.join = join;
        this.registrar = registrar;
    }

    /**
     * Does all that a closing says.
     *
     * @return false if nothing of it was done or will be: another closing had its number, or what was staged for it is
     *     gone while its inputs are there, so that the hour closes anew
     * @throws IOException if a file is neither where it was nor where it should be, or the file system fails
     */
    boolean run(Closing closing) throws IOException {
        if (journal.isVoid(closing)) {
            LOG.info("Closing {} is void: another one of that number was carried out", closing.id());
            journal.discard(closing);
            return false;
        }
        boolean done =
                switch (closing.kind()) {
                    case REWRITE -> publish(closing);
                    case CONCAT -> join(closing);
                };
        if (!done) {
            return takeBack(closing);
        }
        registrar.remember(StarSchema.KAFKA, EventHour.parse(closing.hour()).partition());
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
        Path staged = layout.resolve(closing.staged());
        Path target = layout.resolve(closing.target());
        if (fs.exists(staged)) {
            fs.mkdirs(target.getParent());
            if (!Rename.attempt(fs, staged, target) && fs.exists(staged)) {
                throw new IOException("Cannot publish %s as %s: the rename was refused".formatted(staged, target));
            }
        }
        if (!fs.exists(target)) {
            return false;
        }
        for (Input input : closing.inputs()) {
            fs.delete(layout.resolve(input.path()), false);
        }
        return true;
    }

    private boolean join(Closing closing) throws IOException {
        Path target = layout.resolve(closing.target());
        Path footer = FileJoin.footerBeside(target, closing.id());
        Path staged = layout.resolve(closing.staged());
        if (fs.exists(staged) && !Rename.attempt(fs, staged, footer) && fs.exists(staged)) {
            throw new IOException("Cannot move %s to %s: the rename was refused".formatted(staged, footer));
        }
        if (fs.exists(footer)) {
            try {
                join.join(
                        closing.inputs().stream()
                                .map(input -> layout.resolve(input.path()))
                                .toList(),
                        footer);
            } catch (IOException e) {
                giveUp(closing, footer, e);
            }
        }
        if (!isJoined(closing, target)) {
            return false;
        }
        join.verify(target, closing.rows());
        return true;
    }

    /**
     * The footer is part of the concat: if it can be deleted, the concat did not happen and never will, and if it is
     * gone, the concat did.
     */
    private void giveUp(Closing closing, Path footer, IOException failure) throws IOException {
        if (fs.delete(footer, false)) {
            journal.discard(closing);
            throw new IOException(
                    "Cannot join %d files of hour %s; they stay as they are"
                            .formatted(closing.inputs().size(), closing.hour()),
                    failure);
        }
    }

    private boolean isJoined(Closing closing, Path target) throws IOException {
        return fs.exists(target) && fs.getFileStatus(target).getLen() == closing.bytes();
    }

    private boolean takeBack(Closing closing) throws IOException {
        for (Input input : closing.inputs()) {
            Path path = layout.resolve(input.path());
            if (fs.exists(path) && fs.getFileStatus(path).getLen() == input.bytes()) {
                continue;
            }
            if (!journal.isUnderWay(closing)) {
                throw new ClosedElsewhereException(
                        "Cannot carry out closing %s: another compaction has done it".formatted(closing.id()));
            }
            throw new IOException(
                    "Cannot carry out closing %s: %s and %s are gone (expected either the result or all inputs; restore one of them)"
                            .formatted(closing.id(), layout.resolve(closing.target()), path));
        }
        LOG.warn("Closing {} is taken back: what it had staged is gone, its inputs are there", closing.id());
        journal.discard(closing);
        return false;
    }
}
