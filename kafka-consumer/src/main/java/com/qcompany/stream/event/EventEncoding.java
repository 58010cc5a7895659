package com.qcompany.stream.event;

import com.qcompany.warehouse.schema.StarSchema;
import java.util.List;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.schema.MessageType;

/** How table {@code kafka} is written as Parquet. */
final class EventEncoding {

    /** Schema of the files. */
    static final MessageType SCHEMA = StarSchema.KAFKA.messageType();

    /** Most a row group holds in memory, in bytes. */
    static final long ROW_GROUP_BYTES = 32L << 20;

    /** Columns whose values repeat, so that a dictionary pays; in the others it only costs memory. */
    private static final List<String> REPETITIVE = List.of(
            "eventtype",
            "category",
            "source",
            "quantity",
            "paymentmethod",
            "algorithm",
            "extras.key_value.key",
            "kafka_topic",
            "kafka_partition",
            "ingested_at");

    private static final int PAGE_BYTES = 128 << 10;
    private static final int DICTIONARY_BYTES = 64 << 10;

    private EventEncoding() {}

    /** Small pages and dictionaries: a thread has many files open, most of them for few rows. */
    static ParquetProperties properties() {
        ParquetProperties.Builder properties = ParquetProperties.builder()
                .withPageSize(PAGE_BYTES)
                .withDictionaryPageSize(DICTIONARY_BYTES)
                .withDictionaryEncoding(false)
                .withSizeStatisticsEnabled(false);
        REPETITIVE.forEach(column -> properties.withDictionaryEncoding(column, true));
        return properties.build();
    }
}
