package com.qcompany.ops.bench;

import com.qcompany.batch.feed.CsvRecordReader;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.FeedHeader;
import com.qcompany.batch.feed.FeedParser;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.warehouse.ParquetRows;
import com.qcompany.warehouse.Row;
import com.qcompany.warehouse.Settings;
import com.qcompany.warehouse.StarSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * The least that turning a transactions file into Parquet can cost with the same parser, rules and writer: one thread,
 * one output file, no shuffle, no order, no duplicates found.
 */
final class SingleThreadLimit {

    private final Configuration conf;

    SingleThreadLimit(Configuration conf) {
        this.conf = conf;
    }

    /** Reads a file, applies the rules and writes the sales; returns how many. */
    long run(Path csv, org.apache.hadoop.fs.Path parquet) throws IOException {
        Feed feed = FeedCatalog.bundled().feed("sales_transactions");
        OutputMapping sales = feed.mappings().stream()
                .filter(mapping -> mapping.table().equals(StarSchema.SALES_TRANSACTIONS_FACT))
                .findFirst()
                .orElseThrow();
        int longest = Settings.LOAD_MAX_RECORD_BYTES.get(conf);
        FeedHeader header;
        try (InputStream in = Files.newInputStream(csv)) {
            header = FeedHeader.bind(
                    feed,
                    csv.toString(),
                    FeedHeader.read(in, csv.toString(), longest).names());
        }
        FeedParser parser = new FeedParser(header, (table, key) -> true);
        LocalDateTime hour = LocalDateTime.of(2024, 7, 4, 10, 0);
        long rows = 0;
        try (CsvRecordReader records =
                        new CsvRecordReader(Files.newInputStream(csv), 0, Long.MAX_VALUE, false, longest);
                ParquetWriter<Row> writer = ParquetRows.writer(sales.table(), parquet, conf)) {
            records.next();
            while (records.next()) {
                if (parser.parse(records) instanceof Accepted accepted) {
                    writer.write(sales.row(accepted.values())
                            .set("source_group", "limit")
                            .set("source_hour", hour)
                            .set("run_id", "limit"));
                    rows++;
                }
            }
        }
        return rows;
    }
}
