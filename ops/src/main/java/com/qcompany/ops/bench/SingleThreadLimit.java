package com.qcompany.ops.bench;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.FeedHeader;
import com.qcompany.batch.feed.FeedParser;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Iterator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * What a plain program needs to turn a transactions file into Parquet with the same rules and writer: one thread,
 * commons-csv, one output file; no shuffle, no order, no duplicates found, and damaged lines passed over.
 */
final class SingleThreadLimit {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setTrailingData(true)
            .setLenientEof(true)
            .get();

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
        LocalDateTime hour = LocalDateTime.of(2024, 7, 4, 10, 0);
        long rows = 0;
        try (CSVParser records = CSVParser.parse(text(csv), FORMAT);
                ParquetWriter<Row> writer = ParquetRows.writer(sales.table(), parquet, conf)) {
            Iterator<CSVRecord> lines = records.iterator();
            FeedHeader header =
                    FeedHeader.bind(feed, csv.toString(), lines.next().toList());
            FeedParser parser = new FeedParser(header, (table, key) -> true);
            while (lines.hasNext()) {
                if (parser.parse(lines.next()) instanceof Accepted accepted) {
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

    /** Its text, whatever bytes are in it. */
    private static Reader text(Path csv) throws IOException {
        return new BufferedReader(new InputStreamReader(Files.newInputStream(csv), StandardCharsets.UTF_8));
    }
}
