package com.qcompany.batch.contract;

import com.qcompany.batch.feed.CsvRecordReader;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedHeader;
import com.qcompany.batch.feed.FeedParser;
import com.qcompany.batch.feed.Outcome;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.batch.ingest.FileInspection;
import com.qcompany.batch.ingest.RefusedException;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.lang3.StringUtils;

/**
 * Tries a file against a contract as ingest and load would, without loading it: how many lines break which rule, the first
 * of them, what would be mended, and whether its group would be refused. What depends on other data is not tried: whether
 * agents and branches are known, and whether ids were loaded before.
 */
final class FileCheck {
    private static final int LONGEST_SAMPLE = 200;

    private final Feed feed;
    private final int maxRecordBytes;
    private final int samples;
    private final Map<String, Found> byRule = new TreeMap<>();
    private final Map<String, Long> mended = new TreeMap<>();
    private long lines;
    private long rejected;

    /** Lines that break a rule, or break it and are loaded all the same, with the first of them. */
    private static final class Found {
        private long rejected;
        private long warned;
        private final List<String> samples = new ArrayList<>();
    }

    FileCheck(Feed feed, int maxRecordBytes, int samples) {
        this.feed = feed;
        this.maxRecordBytes = maxRecordBytes;
        this.samples = samples;
    }

    /**
     * Checks a file and prints what is found.
     *
     * @return whether a group with it would be taken
     */
    boolean run(Path file, double maxRejectedShare, PrintStream out) throws IOException {
        FileRecord record;
        try (InputStream in = Files.newInputStream(file)) {
            record = new FileInspection(maxRecordBytes)
                    .of(feed, file.toString(), file.getFileName().toString(), in);
        } catch (RefusedException | IllegalArgumentException e) {
            out.printf("Would be refused: %s%n", e.getMessage());
            return false;
        }
        FeedHeader header = FeedHeader.bind(feed, file.toString(), record.header());
        FeedParser parser = new FeedParser(header, (table, key) -> true);
        try (CsvRecordReader records = new CsvRecordReader(
                new BufferedInputStream(Files.newInputStream(file)),
                0,
                Long.MAX_VALUE,
                record.quotedLineBreaks(),
                maxRecordBytes)) {
            records.next();
            while (records.next()) {
                judge(parser.parse(records), records);
            }
        }
        parser.drainFixes(mended::put);
        List<String> refusals = feed.refusals(lines, rejected, this::broken, maxRejectedShare);
        print(file, header, out);
        refusals.forEach(reason -> out.printf("Would be refused: %s%n", reason));
        return refusals.isEmpty();
    }

    private void judge(Outcome outcome, CsvRecordReader record) {
        lines++;
        if (outcome instanceof Rejected reason) {
            rejected++;
            reason.codes().forEach(code -> add(code, record, reason.message()).rejected++);
        } else if (outcome instanceof Accepted accepted) {
            accepted.warnings().forEach(code -> add(code, record, "only warned of").warned++);
        }
    }

    private Found add(String code, CsvRecordReader record, String message) {
        Found found = byRule.computeIfAbsent(code, any -> new Found());
        if (found.samples.size() < samples) {
            found.samples.add("  line %d: %s%n    %s"
                    .formatted(
                            record.line(),
                            message,
                            StringUtils.abbreviate(record.text().text(), LONGEST_SAMPLE)));
        }
        return found;
    }

    private long broken(String code) {
        Found found = byRule.get(code);
        return found == null ? 0 : found.rejected + found.warned;
    }

    private void print(Path file, FeedHeader header, PrintStream out) {
        out.printf(
                "%s by contract %s %s: %,d lines = %,d accepted + %,d rejected%n",
                file, feed.name(), feed.version(), lines, lines - rejected, rejected);
        if (!header.unknown().isEmpty()) {
            out.printf("Columns that the contract does not declare: %s%n", String.join(", ", header.unknown()));
        }
        mended.forEach((code, count) -> out.printf("%-40s %,10d mended%n", code, count));
        byRule.forEach((code, found) -> {
            if (found.rejected > 0) {
                out.printf("%-40s %,10d rejected%n", code, found.rejected);
            }
            if (found.warned > 0) {
                out.printf("%-40s %,10d warned of%n", code, found.warned);
            }
            found.samples.forEach(out::println);
        });
    }
}
