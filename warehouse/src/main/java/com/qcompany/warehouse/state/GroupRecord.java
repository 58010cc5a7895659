package com.qcompany.warehouse.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says of a group that was taken in: one immutable JSON file each.
 *
 * @param sequence number of the record, from 1, in order of ingest
 * @param name folder name in the landing directory
 * @param version 1 for the first content under that name, higher for corrections of it
 * @param hour nominal hour, {@code uuuu-MM-dd-HH}, UTC
 * @param status what became of it
 * @param duplicateOf sequence of the record with the same content; null unless a duplicate
 * @param rawPath its directory in the raw zone; null for a duplicate, which is not copied
 * @param files its files
 * @param recordedAt when it was taken in, ISO instant
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
     * @param name file name
     * @param bytes size
     * @param sha256 digest of its bytes, hexadecimal
     * @param rows records below the header
     * @param header column names as received
     * @param quotedLineBreaks whether some record spans several lines, so that the file cannot be split by lines
     */
    public record FileRecord(
            String feed,
            String name,
            long bytes,
            String sha256,
            long rows,
            List<String> header,
            boolean quotedLineBreaks) {

        public FileRecord {
            header = List.copyOf(header);
        }
    }

    public GroupRecord {
        files = List.copyOf(files);
    }

    /** Its place in the order of the source. */
    @JsonIgnore
    public SourceGroup group() {
        return new SourceGroup(SourceGroup.parseHour(hour), name, version);
    }
}
