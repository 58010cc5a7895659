package com.qcompany.batch.ingest;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedHeader;
import com.qcompany.batch.feed.RecordScan;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.function.LongConsumer;

/**
 * Learns everything the ledger keeps of a file in one pass: size, SHA-256, header, records below it and whether one
 * spans several lines. Needs no more memory than the longest allowed record.
 */
final class FileInspection {

    private final int maxRecordBytes;

    FileInspection(int maxRecordBytes) {
        this.maxRecordBytes = maxRecordBytes;
    }

    /**
     * Inspects a file.
     *
     * @param progress told of bytes as they are read
     * @throws IOException naming the file, if it is no file that can be read, is empty, or its header does not fit its
     *     feed
     */
    FileRecord of(LandingFile file, LongConsumer progress) throws IOException {
        if (!Files.isRegularFile(file.path()) || !Files.isReadable(file.path())) {
            throw new IOException("Cannot read %s (expected a file that can be read)".formatted(file.path()));
        }
        try (InputStream in = Files.newInputStream(file.path())) {
            return of(file.feed(), file.path().toString(), file.name(), in, progress);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Inspects a stream to its end; the caller closes it. */
    FileRecord of(Feed feed, String path, String name, InputStream in, LongConsumer progress) throws IOException {
        DigestedStream bytes = new DigestedStream(in, progress);
        RecordScan scan = RecordScan.of(bytes, path, maxRecordBytes);
        FeedHeader.bind(feed, path, scan.header());
        return new FileRecord(
                feed.name(),
                name,
                bytes.count,
                Digests.hex(bytes.digest),
                scan.rows(),
                scan.header(),
                scan.quotedLineBreaks());
    }

    /** Digests and counts what is read through it. */
    private static final class DigestedStream extends FilterInputStream {
        private final MessageDigest digest = Digests.sha256();
        private final LongConsumer progress;
        private long count;

        DigestedStream(InputStream in, LongConsumer progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = super.read(buffer, from, length);
            if (read > 0) {
                digest.update(buffer, from, read);
                count += read;
                progress.accept(read);
            }
            return read;
        }
    }
}
