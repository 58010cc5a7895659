package com.qcompany.stream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileWriterTest {

    private static final LocalDateTime INGESTED = LocalDateTime.parse("2024-07-04T19:00:00.000001");

    @TempDir
    private java.nio.file.Path directory;

    private final Configuration conf = new Configuration(false);
    private final EventParser parser = new EventParser(conf);
    private final EventRow row = new EventRow();
    private Path file;

    @BeforeEach
    void nameFile() {
        // Whichever test of a JVM opens the local file system first decides which one all get.
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        file = new Path(directory.resolve("events.parquet").toUri());
        row.ingestedAt(Records.micros(INGESTED.toString()));
    }

    @Test
    void whatIsWrittenIsReadAsRowsOfTheTable() throws IOException {
        write(
                """
                {"eventType": "purchase", "customerId": "17", "productId": "23", "quantity": 3, "totalAmount": 89.97,
                 "timestamp": "2024-07-04T18:05:11.000001", "paymentMethod": "PayPal", "metadata": {}}""",
                """
                {"eventType": "productView", "metadata": {"category": "Home & Kitchen", "source": "Search", "x": "\\u00e9"},
                 "device": {"os": "a\\"b"}, "gone": null, "empty": ""}""",
                "{\"recommendedProductId\": \"9\", \"algorithm\": \"content_based\"}");

        assertThat(read())
                .containsExactly(
                        expected()
                                .set("eventtype", "purchase")
                                .set("customerid", "17")
                                .set("productid", "23")
                                .set("quantity", 3)
                                .set("totalamount", new BigDecimal("89.9700"))
                                .set("timestamp", LocalDateTime.parse("2024-07-04T18:05:11.000001"))
                                .set("paymentmethod", "PayPal"),
                        expected()
                                .set("eventtype", "productView")
                                .set("category", "Home & Kitchen")
                                .set("source", "Search")
                                .set("extras", extras()),
                        expected().set("recommendedproductid", "9").set("algorithm", "content_based"));
    }

    @Test
    void statisticsAndPageIndexSayWhatIsInTheFile() throws IOException {
        String[] events = new String[50_000];
        Arrays.setAll(events, i -> "{\"customerId\": \"c%05d\", \"quantity\": %d}".formatted(i, i % 7));
        write(events);

        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
            ColumnChunkMetaData customers =
                    column(reader.getFooter().getBlocks().get(0), "customerid");
            assertThat(customers.getCodec()).isEqualTo(CompressionCodecName.ZSTD);
            assertThat(customers.getEncodingStats().hasDictionaryPages()).isFalse();
            Statistics<?> statistics = customers.getStatistics();
            assertThat(statistics.minAsString()).isEqualTo("c00000");
            assertThat(statistics.maxAsString()).isEqualTo("c49999");
            assertThat(statistics.getNumNulls()).isZero();
            assertThat(reader.readColumnIndex(customers).getMaxValues()).hasSizeGreaterThan(1);

            ColumnChunkMetaData quantities =
                    column(reader.getFooter().getBlocks().get(0), "quantity");
            assertThat(quantities.getStatistics().maxAsString()).isEqualTo("6");
            assertThat(quantities.getEncodingStats().hasDictionaryEncodedPages())
                    .isTrue();
        }
        FilterPredicate last = FilterApi.eq(FilterApi.binaryColumn("customerid"), Binary.fromString("c49999"));
        try (ParquetFileReader pages = ParquetFileReader.open(
                HadoopInputFile.fromPath(file, conf),
                HadoopReadOptions.builder(conf)
                        .withRecordFilter(FilterCompat.get(last))
                        .build())) {
            assertThat(pages.getFilteredRecordCount()).isPositive().isLessThan(events.length / 2);
        }
    }

    @Test
    void rowGroupsStayWithinTheirSizeHoweverLargeTheRowsAre() throws IOException {
        int large = 640_000;
        try (EventFileWriter writer = EventFileWriter.open(file, conf)) {
            for (int i = 0; i < 120; i++) {
                parse("{\"x\": \"%d%s\"}".formatted(i, noise(large, i)));
                writer.write(row.row());
                assertThat(writer.bufferedBytes()).isLessThan(2 * ParquetRows.ROW_GROUP_BYTES);
            }
            assertThat(writer.rows()).isEqualTo(120);
        }

        assertThat(ParquetRows.rowCount(file, conf)).isEqualTo(120);
    }

    @Test
    void sizeIsThatOfFileAndMemory() throws IOException {
        long before;
        try (EventFileWriter writer = EventFileWriter.open(file, conf)) {
            for (int i = 0; i < 10_000; i++) {
                parse("{\"customerId\": \"%d\", \"totalAmount\": %d.%02d}".formatted(i * 7919, i, i % 100));
                writer.write(row.row());
            }
            before = writer.bytes();
            assertThat(writer.bufferedBytes()).isBetween(before / 2, before);
        }

        assertThat(file.getFileSystem(conf).getFileStatus(file).getLen()).isBetween(before / 20, before);
    }

    @Test
    void doesNotOverwriteAFile() throws IOException {
        write("{}");

        assertThatThrownBy(() -> EventFileWriter.open(file, conf)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(read()).hasSize(1);
    }

    @Test
    void anEmptyFileIsReadable() throws IOException {
        write();

        assertThat(read()).isEmpty();
    }

    @Test
    void closingAgainDoesNothing() throws IOException {
        EventFileWriter writer = EventFileWriter.open(file, conf);
        parse("{}");
        writer.write(row.row());
        writer.close();
        writer.close();
        writer.abandon();

        assertThat(read()).hasSize(1);
    }

    @Test
    void anAbandonedFileIsNoneThatReadersTake() throws IOException {
        EventFileWriter writer = EventFileWriter.open(file, conf);
        parse("{}");
        writer.write(row.row());
        writer.abandon();
        writer.close();

        assertThatThrownBy(this::read).isInstanceOf(RuntimeException.class).hasMessageContaining("not a Parquet file");
    }

    private void write(String... events) throws IOException {
        try (EventFileWriter writer = EventFileWriter.open(file, conf)) {
            for (String event : events) {
                parse(event);
                writer.write(row.row());
            }
        }
    }

    private void parse(String event) {
        assertThat(parser.parse(Records.of(event.getBytes(StandardCharsets.UTF_8)), row))
                .isNull();
    }

    private List<Row> read() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (ParquetReader<Row> reader = ParquetRows.reader(StarSchema.KAFKA, file, conf)) {
            for (Row read = reader.read(); read != null; read = reader.read()) {
                rows.add(read);
            }
        }
        return rows;
    }

    private static Row expected() {
        return new Row(StarSchema.KAFKA)
                .set("timestamp", LocalDateTime.parse(Records.RECORD_TIME))
                .set("kafka_topic", "app-logs")
                .set("kafka_partition", 3)
                .set("kafka_offset", 42L)
                .set("ingested_at", INGESTED);
    }

    private static Map<String, String> extras() {
        Map<String, String> extras = new LinkedHashMap<>();
        extras.put("metadata.x", "é");
        extras.put("device", "{\"os\": \"a\\\"b\"}");
        extras.put("gone", null);
        extras.put("empty", "");
        return extras;
    }

    private static ColumnChunkMetaData column(BlockMetaData block, String name) {
        return block.getColumns().stream()
                .filter(column -> column.getPath().toDotString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Text that hardly compresses. */
    private static String noise(int length, int seed) {
        Random random = new Random(seed);
        StringBuilder noise = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            noise.append((char) ('a' + random.nextInt(26)));
        }
        return noise.toString();
    }
}
