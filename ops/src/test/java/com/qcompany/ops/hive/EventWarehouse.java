package com.qcompany.ops.hive;

import com.qcompany.hive.Catalogs;
import com.qcompany.hive.DdlTool;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.stream.EventHour;
import com.qcompany.stream.event.EventFileWriter;
import com.qcompany.stream.event.EventParser;
import com.qcompany.stream.event.EventRow;
import com.qcompany.stream.event.Rejection;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ToolRunner;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Events in files as the consumer writes them, in a root and a database of their own that hold nothing else. */
final class EventWarehouse {

    static final String TOPIC = "app-logs";
    static final LocalDateTime INGESTED = LocalDateTime.of(2024, 7, 5, 0, 0, 0, 1_000);

    private final Configuration conf;
    private final Layout layout;
    private long offset;

    private EventWarehouse(EmbeddedStack stack, String name) {
        conf = stack.clientConf();
        conf.set(Settings.ROOT.key(), "/it/" + name);
        conf.set(Settings.DATABASE.key(), "it_" + name);
        layout = Layout.of(conf);
    }

    /** Creates it without an event. */
    static EventWarehouse create(EmbeddedStack stack, String name) throws Exception {
        EventWarehouse warehouse = new EventWarehouse(stack, name);
        ToolRunner.run(warehouse.conf, new DdlTool(), new String[0]);
        return warehouse;
    }

    Configuration conf() {
        return new Configuration(conf);
    }

    String database() {
        return Settings.DATABASE.get(conf);
    }

    /** Publishes a file of an hour; its records are of the hour's begin, with the next offsets of partition 3. */
    void publish(EventHour hour, String... events) throws IOException {
        Path directory = layout.partition(StarSchema.KAFKA, hour.partition());
        EventParser parser = new EventParser(conf);
        EventRow row = new EventRow();
        Instant ingested = INGESTED.toInstant(ZoneOffset.UTC);
        row.ingestedAt(ingested.getEpochSecond() * 1_000_000 + ingested.getNano() / 1000);
        try (EventFileWriter file = EventFileWriter.open(new Path(directory, offset + ".parquet"), conf)) {
            for (String event : events) {
                Rejection rejection = parser.parse(record(hour, event), row);
                if (rejection != null || row.hourNumber() != hour.number()) {
                    throw new IllegalArgumentException(
                            "Cannot publish %s in %s (expected an event of it): %s".formatted(event, hour, rejection));
                }
                file.write(row.row());
            }
        }
        try (Catalog catalog = Catalogs.open(conf)) {
            catalog.addPartitions(StarSchema.KAFKA, Map.of(hour.partition(), directory));
        }
    }

    private ConsumerRecord<byte[], byte[]> record(EventHour hour, String event) {
        byte[] value = event.getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(
                TOPIC,
                3,
                offset++,
                hour.start().toInstant(ZoneOffset.UTC).toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                value.length,
                new byte[0],
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
