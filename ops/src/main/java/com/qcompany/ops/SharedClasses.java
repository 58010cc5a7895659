package com.qcompany.ops;

import com.qcompany.hive.HiveSession;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * Asks a running stack what the commands of {@code q} ask, for the archive of classes that they start from. The argument is
 * the directory of the stack's configuration, for an archive takes no class path with directories. It leaves nothing
 * behind, and what a command says does not matter.
 */
final class SharedClasses {

    private SharedClasses() {}

    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        URL site = java.nio.file.Path.of(args[0]).toUri().toURL();
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[] {site}));
        Configuration conf = Settings.configuration();
        com.qcompany.batch.Main.run(conf, "load", "--help");
        com.qcompany.batch.Main.run(conf, "config");
        com.qcompany.batch.Main.run(conf, "contract", "show", "sales_transactions");
        com.qcompany.batch.Main.run(conf, "hours", "--date", "2024-07-04");
        com.qcompany.batch.Main.run(conf, "schema", "drift");
        com.qcompany.batch.Main.run(conf, "quality");
        com.qcompany.batch.Main.run(conf, "rejects");
        com.qcompany.stream.Main.run(conf, "offsets");
        com.qcompany.ops.schedule.Main.run(conf, "status");
        com.qcompany.ops.schedule.Main.run(conf, "explain", "2024-07-04-00");
        Table table = StarSchema.QUALITY_METRICS.project(List.of("metric_text", "metric_value"));
        FileSystem fs = FileSystem.get(conf);
        Path file = new Path("/tmp", UUID.randomUUID() + ".parquet");
        try (ParquetWriter<Row> rows = ParquetRows.writer(table, file, conf)) {
            rows.write(new Row(table).set("metric_text", ""));
        }
        ParquetRows.forEach(ParquetRows.reader(table, file, conf), row -> {});
        fs.delete(file, false);
        Class.forName(ApiKeys.class.getName()); // which is to initialize it
        try (HiveSession session = HiveSession.open(conf)) {
            session.query("SHOW DATABASES");
        }
    }
}
