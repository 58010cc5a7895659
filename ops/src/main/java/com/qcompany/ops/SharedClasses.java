package com.qcompany.ops;

import com.qcompany.stream.kafka.KafkaClients;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * Loads what the commands of {@code q} load, for the archive that it starts them from. It reaches no server: there is
 * nobody at its addresses. Ends with the exception of the last of them.
 */
final class SharedClasses {

    private static final String NOBODY = "127.0.0.1:9";

    private SharedClasses() {}

    public static void main(String[] args) throws IOException, ReflectiveOperationException, SQLException {
        Configuration conf = Settings.configuration();
        conf.set("fs.defaultFS", "hdfs://" + NOBODY);
        conf.set("ipc.client.connect.max.retries", "0");
        conf.set(StreamSettings.BOOTSTRAP_SERVERS.key(), NOBODY);
        com.qcompany.batch.Main.run(conf, "load");
        com.qcompany.batch.Main.run(conf, "contract", "show", "sales_transactions");
        Table table = StarSchema.QUALITY_METRICS.project(List.of("metric_text", "metric_value"));
        Path file = new Path(Files.createTempDirectory("q").toUri().toString(), "a.parquet");
        try (ParquetWriter<Row> rows = ParquetRows.writer(table, file, conf)) {
            rows.write(new Row(table).set("metric_text", ""));
        }
        ParquetRows.forEach(ParquetRows.reader(table, file, conf), row -> {});
        file.getFileSystem(conf).delete(file.getParent(), true);
        Admin.create(KafkaClients.common(conf)).close();
        for (Class<?> messages : List.of(ApiKeys.class, DataTransferProtos.class)) {
            Class.forName(messages.getName()); // which is to initialize it
        }
        DriverManager.getConnection("jdbc:hive2://" + NOBODY);
    }
}
