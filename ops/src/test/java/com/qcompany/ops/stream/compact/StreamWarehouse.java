package com.qcompany.ops.stream.compact;

import com.qcompany.hive.DdlTool;
import com.qcompany.hive.HiveSession;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.stream.EventHour;
import com.qcompany.stream.Position;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.compact.HourCompactor;
import com.qcompany.stream.compact.PartitionProgress;
import com.qcompany.stream.compact.PartitionRegistrar;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;

/** A stream of its own on the shared stack: files as consumers publish them, and a compactor that all hours are due for. */
final class StreamWarehouse {

    final Configuration conf;
    final FileSystem fs;
    final StreamFiles layout;
    final HourCompactor compactor;

    private final String database;
    private Instant now = Instant.parse("2024-07-06T00:00:00Z");
    private long nextOffset;
    private int nextEpoch;

    private StreamWarehouse(Configuration conf, String database) throws IOException {
        this.conf = conf;
        this.database = database;
        this.layout = StreamFiles.of(conf);
        this.fs = FileSystem.get(conf);
        long passed = LocalDateTime.parse("2024-07-06T00:00")
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
        Position position = new Position(1, Optional.empty(), passed, passed, passed, Optional.empty());
        InstantSource source = () -> now;
        Clock clock = source.withZone(ZoneOffset.UTC);
        this.compactor = new HourCompactor(
                StreamFiles.of(conf),
                () -> List.of(new PartitionProgress(0, 0, 2, Optional.of(position))),
                PartitionRegistrar.of(StreamFiles.of(conf)),
                clock);
    }

    static StreamWarehouse create(EmbeddedStack stack, String name) throws IOException {
        Configuration conf = stack.clientConf();
        conf.set(Settings.ROOT.key(), "/" + name);
        conf.set(Settings.DATABASE.key(), name);
        DdlTool ddl = new DdlTool();
        ddl.setConf(conf);
        ddl.run(new String[0]);
        return new StreamWarehouse(conf, name);
    }

    /** Publishes a file of an hour as an epoch does, with the next offsets. */
    void publish(EventHour hour, int rows) throws IOException {
        String name = "epoch%06d.0.parquet".formatted(nextEpoch++);
        Path staged = new Path(layout.path("staging/test"), name);
        try (ParquetWriter<Row> writer = ParquetRows.writer(StarSchema.KAFKA, staged, conf)) {
            for (int i = 0; i < rows; i++) {
                writer.write(event(hour, nextOffset++));
            }
        }
        Path directory = layout.open(hour);
        fs.mkdirs(directory);
        if (!fs.rename(staged, new Path(directory, name))) {
            throw new IOException("Cannot publish " + staged);
        }
    }

    /** A session whose jobs need little of the stack's heap; one that fails keeps its sort buffer. */
    HiveSession openHive() throws IOException {
        HiveSession hive = HiveSession.open(conf);
        hive.execute("SET mapreduce.task.io.sort.mb=2");
        return hive;
    }

    /** Makes the next file of late events due. */
    void wait(Duration time) {
        now = now.plus(time);
    }

    FileStatus[] visible(EventHour hour) throws IOException {
        return fs.exists(layout.visible(hour))
                ? fs.listStatus(layout.visible(hour), path -> !path.getName().startsWith("."))
                : new FileStatus[0];
    }

    /** Name of the table and the condition for an hour. */
    String from(EventHour hour) {
        return "FROM %s.kafka WHERE event_date = '%s' AND event_hour = %d"
                .formatted(database, hour.date(), hour.hour());
    }

    /** An event whose values are spread as random ones are, and the same for an offset. */
    private static Row event(EventHour hour, long offset) {
        SplittableRandom random = new SplittableRandom(offset);
        boolean purchase = offset % 3 == 0;
        return new Row(StarSchema.KAFKA)
                .set("timestamp", hour.start().plusSeconds(random.nextInt(3600)))
                .set("eventtype", purchase ? "purchase" : "productView")
                .set("customerid", Integer.toString(random.nextInt(100_000)))
                .set("productid", Integer.toString(random.nextInt(5000)))
                .set("category", purchase ? null : "Books")
                .set("quantity", purchase ? 1 + random.nextInt(5) : null)
                .set("totalamount", purchase ? BigDecimal.valueOf(1000 + random.nextInt(49_000), 2) : null)
                .set("extras", offset % 10 == 0 ? Map.of("campaign", "summer" + random.nextInt(7)) : null)
                .set("kafka_topic", "app-logs")
                .set("kafka_partition", (int) (offset % 4))
                .set("kafka_offset", offset)
                .set("ingested_at", hour.start().plusHours(1).plusNanos(random.nextInt(1_000_000) * 1000L));
    }
}
