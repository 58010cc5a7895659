package com.qcompany.batch.ingest;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedHeader;
import com.qcompany.batch.feed.RecordScan;
import com.qcompany.batch.ingest.LandingGroup.LandingFile;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.io.input.BOMInputStream;
import org.apache.commons.io.input.TeeInputStream;

/**
 * Learns everything the ledger keeps of a file in one pass: size, digests, header, records below it, whether one spans
 * several lines and whether the last line ends. Needs no more memory than the longest allowed record.
 */
public record FileInspection(int maxRecordBytes) {

    private static final int BUFFER_BYTES = 1 << 16;

    /** Inspects a file; refuses one that may not be read or is no CSV file whose header fits its feed. */
    FileRecord of(LandingFile file) throws IOException {
        Path path = file.path();
        if (!Files.isRegularFile(path) && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException("Cannot read %s (expected a file, or a link to one)".formatted(path));
        }
        try (InputStream in = Files.newInputStream(path)) {
            return of(file.feed(), path.toString(), file.name(), in);
        } catch (RefusedException e) {
            throw e;
        } catch (AccessDeniedException e) {
            throw new RefusedException("Cannot read %s (expected permission to read it)".formatted(path), e);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new IOException("Cannot read %s: %s (expected a file that stays)".formatted(path, e.getMessage()), e);
        }
    }

    /**
     * Inspects a stream to its end; the caller closes it.
     *
     * @throws RefusedException if it is no CSV file in UTF-8 with commas
     * @throws IllegalArgumentException if its header does not fit the feed
     */
    public FileRecord of(Feed feed, String path, String name, InputStream in) throws IOException {
        MeasuredStream bytes = new MeasuredStream(in, path);
        InputStream text = new BufferedInputStream(bytes, BUFFER_BYTES);
        requireText(text, path);
        LineDigest lines = new LineDigest();
        RecordScan scan = RecordScan.of(new TeeInputStream(new BOMInputStream(text), lines), path, maxRecordBytes);
        Optional<String> separator = FileFormat.separator(scan.header());
        if (separator.isPresent()) {
            throw new RefusedException("Cannot read %s: its columns are separated by %s (expected commas)"
                    .formatted(path, separator.get()));
        }
        FeedHeader.bind(feed, path, scan.header()).requireDecimalPoints(path, scan.sample());
        boolean endsWithLineEnd = lines.endsWithLineEnd();
        return new FileRecord(
                feed.name(),
                name,
                RawName.of(name),
                bytes.count(),
                bytes.sha256(),
                lines.sha256(),
                scan.rows(),
                scan.header(),
                scan.quotedLineBreaks(),
                endsWithLineEnd,
                null);
    }

    private static void requireText(InputStream in, String path) throws IOException {
        in.mark(FileFormat.HEAD_BYTES);
        Optional<String> format = FileFormat.of(in.readNBytes(FileFormat.HEAD_BYTES));
        if (format.isPresent()) {
            throw new RefusedException("Cannot read %s: it is %s (expected CSV in UTF-8 with a header line)"
                    .formatted(path, format.get()));
        }
        in.reset();
    }
}
