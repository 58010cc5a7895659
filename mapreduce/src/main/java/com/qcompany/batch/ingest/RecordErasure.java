package com.qcompany.batch.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.qcompany.batch.feed.CsvRecordReader;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedHeader;
import com.qcompany.batch.feed.PersonMask;
import com.qcompany.batch.feed.PersonMask.Person;
import com.qcompany.batch.feed.RecordText;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.Listing;
import com.qcompany.warehouse.state.NewFile;
import com.qcompany.warehouse.state.Rename;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.IOUtils;
import org.apache.commons.lang3.StringUtils;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.ConsumerRaisingIOE;
import org.apache.hadoop.util.functional.FunctionRaisingIOE;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes customers out of files of records. A file is replaced by one rename by a copy in which every other byte is the
 * same; killed anywhere, the same again completes it.
 */
public record RecordErasure(FileSystem fs, int maxRecordBytes) {
    private static final String HIDDEN = ".";
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
     * Takes customers out of a file of a feed, which is in the raw zone or about to be.
     *
     * @param journal told of the removal before the file is replaced
     */
    public void erase(Path path, FileRecord file, Feed feed, List<Person> persons, ConsumerRaisingIOE<Removal> journal)
            throws IOException {
        FeedHeader header = FeedHeader.bindTaken(feed, path.toString(), file.header());
        Optional<PersonMask> mask = PersonMask.of(header, persons);
        if (mask.isPresent()) {
            Content content = copy -> write(copy, out -> copy(path, mask.get(), file.quotedLineBreaks(), out));
            replace(path, content, journal, this::overwrite);
        }
    }

    /** Takes what a change leaves out of all texts below a directory. */
    public void eraseTexts(Path directory, UnaryOperator<String> change, ConsumerRaisingIOE<Removal> journal)
            throws IOException {
        forEachFile(
                directory,
                file -> replace(file, copy -> write(copy, out -> copy(file, change, out)), journal, this::overwrite));
    }

    /** Does something with each file below a directory, but for copies that a killed run left. */
    public void forEachFile(Path directory, ConsumerRaisingIOE<Path> action) throws IOException {
        for (FileStatus status : Listing.of(fs, directory)) {
            if (status.isDirectory()) {
                forEachFile(status.getPath(), action);
            } else if (!status.getPath().getName().startsWith(HIDDEN)) {
                action.accept(status.getPath());
            }
        }
    }

    /** Writes what stays of a file to a copy, where one is given, and gives the number of changes. */
    public interface Content {
        long copy(@Nullable Path copy) throws IOException;
    }

    /** Puts a copy in the place of a file. */
    public interface Swap {
        void swap(Path file, Path copy) throws IOException;
    }

    /** Replaces a file by a copy, unless nothing of it changes. */
    public void replace(Path file, Content content, ConsumerRaisingIOE<Removal> journal, Swap swap) throws IOException {
        if (!fs.exists(file)) {
            LOG.warn("{} is gone: nothing can be erased from it", file);
            return;
        }
        Path copy = new Path(file.getParent(), HIDDEN + "erased-" + file.getName());
        if (fs.exists(copy)) {
            fs.delete(copy, false);
        }
        long changed = content.copy(null);
        if (changed > 0) {
            content.copy(copy);
            journal.accept(Removal.of(fs, file, changed, copy));
            swap.swap(file, copy);
        }
    }

    private void overwrite(Path file, Path copy) throws IOException {
        Rename.over(fs, copy, file);
    }

    private long write(@Nullable Path copy, FunctionRaisingIOE<OutputStream, Long> content) throws IOException {
        if (copy == null) {
            return content.apply(OutputStream.nullOutputStream());
        }
        NewFile.write(fs, copy, content::apply);
        return 0;
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

    private static int lineFeeds(RecordText record) {
        return StringUtils.countMatches(new String(record.bytes(), ISO_8859_1), '\n');
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
                    // What comes after it keeps its line numbers: empty lines are no records.
                    int lost = lineFeeds(received) - lineFeeds(masked.get());
                    IOUtils.write(StringUtils.repeat('\n', lost), out, UTF_8);
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
