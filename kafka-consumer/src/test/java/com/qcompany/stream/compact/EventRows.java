package com.qcompany.stream.compact;

import com.qcompany.stream.event.EventFileWriter;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;

/** Rows of table kafka, and files of them. */
final class EventRows {

    /** The order of a compacted file. */
    static final Comparator<Row> ORDER = Comparator.comparing(
                    (Row row) -> row.require("timestamp", LocalDateTime.class))
            .thenComparing(row -> row.require("kafka_partition", Integer.class))
            .thenComparing(row -> row.require("kafka_offset", Long.class));

    private EventRows() {}

    /** An event with every kind of column absent here and there, as its random numbers say. */
    static Row event(Random random, LocalDateTime hour, int partition, long offset) {
        Row row = new Row(StarSchema.KAFKA)
                .set("timestamp", hour.plusSeconds(random.nextInt(3600)))
                .set("customerid", Integer.toString(random.nextInt(1000)))
                .set("kafka_topic", "app-logs")
                .set("kafka_partition", partition)
                .set("kafka_offset", offset)
                .set("ingested_at", hour.plusMinutes(61));
        if (random.nextBoolean()) {
            row.set("eventtype", "purchase")
                    .set("quantity", random.nextInt(5))
                    .set("totalamount", BigDecimal.valueOf(random.nextInt(500_000), 4));
        }
        if (random.nextBoolean()) {
            Map<String, String> extras = new LinkedHashMap<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                extras.put("field" + i, random.nextBoolean() ? "ü" + random.nextInt(9) : null);
            }
            row.set("extras", extras);
        }
        return row;
    }

    /** An event of which only its place matters. */
    static Row plain(LocalDateTime time, int partition, long offset) {
        return event(new Random(offset), time.withMinute(0).withSecond(0), partition, offset)
                .set("timestamp", time);
    }

    static void write(Path file, Configuration conf, List<Row> rows) throws IOException {
        try (EventFileWriter writer = EventFileWriter.open(file, conf)) {
            for (Row row : rows) {
                writer.write(row);
            }
        }
    }

    static List<Row> read(Path file, Configuration conf) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (ParquetReader<Row> reader = ParquetRows.reader(StarSchema.KAFKA, file, conf)) {
            for (Row row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
