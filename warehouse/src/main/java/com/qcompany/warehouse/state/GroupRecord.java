package com.qcompany.warehouse.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says of a group that was ingested: one immutable JSON file each.
 *
 * @param sequence number of the record, from 1, in order of ingest
 * @param name folder name in the landing directory, as delivered
 * @param version 1 for the first content under that name, higher for corrections of it
 * @param hour nominal hour, {@code uuuu-MM-dd-HH}, UTC
 * @param duplicateOf sequence of the record with the same content; null unless a duplicate
 * @param rawPath its directory in the raw zone, under a name that every file system holds; null for a duplicate, which
 *     is not copied
 * @param recordedAt when it was ingested, ISO instant
 */
public record GroupRecord(
        long sequence,
        String name,
        int version,
        String hour,
        Status status,
        @Nullable Long duplicateOf,
        @Nullable String rawPath,
        List<FileRecord> files,
        String recordedAt) {

    /** What became of a group. */
    public enum Status {
        /** Copied to the raw zone, to be loaded. */
        ACCEPTED,
        /** Has the content of an earlier group; loads nothing. */
        DUPLICATE
    }

    /**
     * One file of a group.
     *
     * @param feed feed it belongs to: branches, sales_agents or sales_transactions
     * @param name file name as delivered
     * @param rawName its name in the raw zone; another where a file system cannot hold the delivered one. Left out by the
     *     release before, which kept the name
     * @param sha256 digest of its bytes, hexadecimal
     * @param contentDigest SHA-256 of its header and records without their line ends, hexadecimal; null where
     *     the release before wrote the record and no ingest has upgraded it yet
     * @param rows records below the header
     * @param header column names as received
     * @param quotedLineBreaks whether some record spans several lines, so that the file cannot be split by lines
     * @param endsWithLineEnd whether its last line has a line end; if not, the file may be cut
     * @param duplicateOf sequence of the earliest accepted group, of another name, that has a file of the same feed and
     *     content; a load may leave this file out where that group is loaded. Null for new content
     */
    public record FileRecord(
            String feed,
            String name,
            String rawName,
            long bytes,
            String sha256,
            @Nullable String contentDigest,
            long rows,
            List<String> header,
            boolean quotedLineBreaks,
            boolean endsWithLineEnd,
            @Nullable Long duplicateOf) {

        public FileRecord {
            rawName = rawName == null ? name : rawName;
            header = List.copyOf(header);
        }

        /** The same file, knowing more: its content digest, its end, and the group of another name that has its content. */
        public FileRecord knowing(@Nullable String content, boolean lineEnd, @Nullable Long original) {
            return new FileRecord(
                    feed, name, rawName, bytes, sha256, content, rows, header, quotedLineBreaks, lineEnd, original);
        }
    }

    public GroupRecord {
        files = List.copyOf(files);
    }

    public GroupRecord withFiles(List<FileRecord> known) {
        return new GroupRecord(sequence, name, version, hour, status, duplicateOf, rawPath, known, recordedAt);
    }

    @JsonIgnore
    public SourceGroup group() {
        return new SourceGroup(SourceGroup.parseHour(hour), name, version);
    }
}
