package com.qcompany.batch.feed;

import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.quality.ColumnMeasure;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Table;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Measures how many sales a thread reads, parses and judges in a second of CPU time, from memory. Not a test: run it by hand with
 * the path of a sales_transactions file and the number of rows.
 */
final class FeedThroughput {

    private static final int MAX_RECORD_BYTES = 1 << 20;
    private static final int ROUNDS = 8;

    private FeedThroughput() {}

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        int rows = Integer.parseInt(args[1]);
        String[] lines = Files.readString(file).split("\r\n");
        ByteArrayOutputStream repeated = new ByteArrayOutputStream();
        repeated.writeBytes((lines[0] + "\r\n").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < rows; i++) {
            repeated.writeBytes((lines[1 + i % (lines.length - 1)] + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = repeated.toByteArray();
        for (int round = 0; round < ROUNDS; round++) {
            measure("records in line mode", rows, () -> countRecords(bytes, false));
            measure("records in quoted mode", rows, () -> countRecords(bytes, true));
            measure("records, fields", rows, () -> splitFields(bytes));
            measure("records, fields, rules", rows, () -> parse(bytes, false));
            measure("records, fields, rules, three rows, digest", rows, () -> parse(bytes, true));
            measure("records, fields, rules, measures", rows, () -> measureColumns(bytes));
        }
    }

    private interface Run {
        long run() throws IOException;
    }

    private static void measure(String what, int rows, Run run) throws IOException {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long result = run.run();
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "%-45s %,12.0f rows/CPU s (%d)%n", what, rows / seconds, result);
    }

    private static long countRecords(byte[] bytes, boolean quotedLineBreaks) throws IOException {
        CsvRecordReader records = reader(bytes, quotedLineBreaks);
        long count = 0;
        while (records.next()) {
            count++;
        }
        return count;
    }

    private static long splitFields(byte[] bytes) throws IOException {
        CsvRecordReader records = reader(bytes, false);
        long count = 0;
        while (records.next()) {
            String text = records.text().text();
            count += new RecordText(text, true).fields().orElseThrow().size();
        }
        return count;
    }

    private static long parse(byte[] bytes, boolean withRows) throws IOException {
        Feed feed = FeedCatalog.bundled().feed("sales_transactions");
        CsvRecordReader records = reader(bytes, false);
        records.next();
        String header = records.text().text();
        FeedParser parser = new FeedParser(FeedHeader.bind(feed, "memory", List.of(header.split(","))), (t, k) -> true);
        Table table = JobTables.of(FeedCatalog.bundled()).of(feed);
        long sum = 0;
        while (records.next()) {
            Accepted accepted = (Accepted) parser.parse(records);
            if (withRows) {
                Row record = JobTables.row(table, accepted, 0, 1);
                for (OutputMapping mapping : feed.mappings()) {
                    sum += mapping.row(record).get(0) == null ? 1 : 0;
                }
                sum += feed.mainMapping().digest(feed.mainMapping().row(record));
            } else {
                sum++;
            }
        }
        return sum;
    }

    private static long measureColumns(byte[] bytes) throws IOException {
        Feed feed = FeedCatalog.bundled().feed("sales_transactions");
        CsvRecordReader records = reader(bytes, false);
        records.next();
        List<String> header = List.of(records.text().text().split(","));
        FeedParser parser = new FeedParser(FeedHeader.bind(feed, "memory", header), (t, k) -> true);
        List<ColumnMeasure> measures =
                feed.measured().stream().map(ColumnMeasure::new).toList();
        while (records.next()) {
            Outcome outcome = parser.parse(records);
            measures.forEach(measure -> measure.addRecord(outcome));
        }
        return measures.get(0).row(0).require("present", Long.class);
    }

    private static CsvRecordReader reader(byte[] bytes, boolean quotedLineBreaks) {
        return new CsvRecordReader(
                new ByteArrayInputStream(bytes), 0, Long.MAX_VALUE, quotedLineBreaks, MAX_RECORD_BYTES);
    }
}
