package com.qcompany.batch.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.qcompany.batch.feed.CsvRecordReader;
import com.qcompany.batch.feed.PersonMask;
import com.qcompany.batch.feed.RecordText;
import com.qcompany.warehouse.state.Listing;
import com.qcompany.warehouse.state.NewFile;
import com.qcompany.warehouse.state.Rename;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.IOUtils;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.ConsumerRaisingIOE;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes customers out of files of records. A file is replaced as a whole by a copy in which every other byte is the same;
 * killed anywhere, the same again completes it. Whoever reads the file meanwhile may fail, but sees nothing wrong.
 */
public record RecordErasure(FileSystem fs, int maxRecordBytes) {
    private static final String COPY = ".erased-";
    private static final Logger LOG = LoggerFactory.getLogger(RecordErasure.class);

    /**
     * What was taken out of a file.
     *
     * @param place the file, or the one that was read in its place then
     * @param changed its records or rows that told of a customer
     * @param before SHA-256 of the file as it was
     * @param after that of the one in its place
     */
    public record Removal(String place, long changed, String before, String after) {
        /** That of a file whose place a copy is about to take. */
        public static Removal of(FileSystem fs, Path file, long changed, Path copy) throws IOException {
            return new Removal(file.toString(), changed, sha256(fs, file), sha256(fs, copy));
        }

        private static String sha256(FileSystem fs, Path file) throws IOException {
            try (InputStream in = fs.open(file)) {
                return DigestUtils.sha256Hex(in);
            }
        }
    }

    /**
     * Takes what a mask hides out of a file.
     *
     * @param journal told of the removal before the file is replaced
     */
    public void erase(Path file, PersonMask mask, boolean quotedLineBreaks, ConsumerRaisingIOE<Removal> journal)
            throws IOException {
        erase(file, out -> copy(file, mask, quotedLineBreaks, out), journal);
    }

    /** Takes what a change leaves out of all texts below a directory. */
    public void eraseTexts(Path directory, UnaryOperator<String> change, ConsumerRaisingIOE<Removal> journal)
            throws IOException {
        for (FileStatus status : Listing.of(fs, directory)) {
            Path file = original(status.getPath());
            if (status.isDirectory()) {
                eraseTexts(file, change, journal);
            } else {
                erase(file, out -> copy(file, change, out), journal);
            }
        }
    }

    /** The file of which a path is the copy, where it is one that a killed run left. */
    private static Path original(Path path) {
        return path.getName().startsWith(COPY)
                ? new Path(path.getParent(), path.getName().substring(COPY.length()))
                : path;
    }

    /** Writes a file without what is erased, or nothing where nothing is; gives the number of changes. */
    private interface Copy {
        long to(OutputStream out) throws IOException;
    }

    private void erase(Path file, Copy content, ConsumerRaisingIOE<Removal> journal) throws IOException {
        Path copy = new Path(file.getParent(), COPY + file.getName());
        if (!fs.exists(file) && !Rename.attempt(fs, copy, file)) {
            LOG.warn("{} is gone: nothing can be erased from it", file);
            return;
        }
        fs.delete(copy, false);
        long changed = content.to(OutputStream.nullOutputStream());
        if (changed > 0) {
            NewFile.write(fs, copy, content::to);
            journal.accept(Removal.of(fs, file, changed, copy));
            fs.delete(file, false);
            if (!Rename.attempt(fs, copy, file)) {
                throw new IOException("Cannot replace %s by %s: the rename was refused".formatted(file, copy));
            }
        }
    }

    private long copy(Path file, UnaryOperator<String> change, OutputStream out) throws IOException {
        try (InputStream in = fs.open(file)) {
            // Every byte is a character, so that files of any form stay as they are.
            String text = IOUtils.toString(in, ISO_8859_1);
            String changed = change.apply(text);
            IOUtils.write(changed, out, ISO_8859_1);
            return changed.equals(text) ? 0 : 1;
        }
    }

    /** Copies a file up to its end, or not at all where no record changes; returns how many do. */
    private long copy(Path file, PersonMask mask, boolean quotedLineBreaks, OutputStream out) throws IOException {
        long changed = 0;
        long copied = 0;
        try (CsvRecordReader records =
                        new CsvRecordReader(fs.open(file), 0, Long.MAX_VALUE, quotedLineBreaks, maxRecordBytes);
                InputStream source = new BufferedInputStream(fs.open(file))) {
            records.next();
            while (records.next()) {
                RecordText received = records.text();
                Optional<RecordText> masked = mask.mask(received);
                if (masked.isPresent()) {
                    IOUtils.copyLarge(source, out, 0, records.offset() - copied);
                    out.write(masked.get().bytes());
                    int length = received.bytes().length;
                    IOUtils.skipFully(source, length);
                    copied = records.offset() + length;
                    // Of a line that is too long for a record the rest goes too.
                    for (int next = 0; records.truncated() && next >= 0 && next != '\n'; copied++) {
                        next = source.read();
                        out.write(next == '\n' ? "\n".getBytes(UTF_8) : new byte[0]);
                    }
                    changed++;
                }
            }
            if (changed > 0) {
                IOUtils.copy(source, out);
            }
        }
        return changed;
    }
}
