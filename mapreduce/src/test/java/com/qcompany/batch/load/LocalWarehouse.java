package com.qcompany.batch.load;

import com.qcompany.batch.ingest.IngestTool;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ToolRunner;
import org.apache.parquet.hadoop.ParquetReader;

/** A warehouse on the local file system, loaded by real jobs on the local runner; no Hive. */
final class LocalWarehouse {

    private final Configuration conf = new Configuration();
    private final java.nio.file.Path landing;
    private final Layout layout;
    private final FileSystem fs;

    LocalWarehouse(java.nio.file.Path dir) throws IOException {
        this.landing = Files.createDirectories(dir.resolve("landing"));
        conf.set("fs.defaultFS", "file:///");
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        conf.setBoolean("fs.file.impl.disable.cache", true);
        conf.set("mapreduce.framework.name", "local");
        conf.set("hadoop.tmp.dir", dir.resolve("tmp").toString());
        conf.set("mapreduce.cluster.local.dir", dir.resolve("local").toString());
        conf.setInt("mapreduce.task.io.sort.mb", 16);
        conf.setInt("mapreduce.client.completion.pollinterval", 50);
        conf.setInt("mapreduce.client.progressmonitor.pollinterval", 50);
        conf.set("q.root", dir.resolve("q").toUri().toString());
        conf.setInt("q.ingest.quiet-seconds", 0);
        this.layout = Layout.of(conf);
        this.fs = layout.root().getFileSystem(conf);
    }

    Configuration conf() {
        return conf;
    }

    java.nio.file.Path landing() {
        return landing;
    }

    /** Takes in the next waiting group. */
    int ingest(String hour) throws Exception {
        return ToolRunner.run(
                conf, new IngestTool(), new String[] {"--landing", landing.toString(), "--now", "--hour", hour});
    }

    int load(String... args) throws Exception {
        return ToolRunner.run(conf, new LoadTool(), args);
    }

    boolean isFlaggedAsLoaded(String hour) throws IOException {
        return fs.exists(layout.loadedFlag(SourceGroup.parseHour(hour)));
    }

    Snapshot snapshot() throws IOException {
        return Snapshots.latest(fs, layout);
    }

    /** Every published row of a table, found as readers find it. */
    List<Row> rows(Table table) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Path directory : directories(table)) {
            for (FileStatus file :
                    fs.listStatus(directory, path -> path.getName().endsWith(".parquet"))) {
                try (ParquetReader<Row> reader = ParquetRows.reader(table, file.getPath(), conf)) {
                    for (Row row = reader.read(); row != null; row = reader.read()) {
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    private List<Path> directories(Table table) throws IOException {
        Snapshot snapshot = snapshot();
        return switch (table.storage()) {
            case VERSIONED_TABLE -> List.of(layout.tableVersion(table, snapshot.versionOf(table)));
            case VERSIONED_PARTITIONS ->
                snapshot.partitionsOf(table).entrySet().stream()
                        .map(partition -> layout.partitionVersion(
                                table,
                                List.of(partition.getKey()),
                                partition.getValue().version()))
                        .toList();
            case CONVENTIONAL -> {
                List<Path> directories = new ArrayList<>();
                if (fs.exists(layout.table(table))) {
                    for (FileStatus status : fs.listStatus(layout.table(table))) {
                        directories.add(status.getPath());
                    }
                }
                yield directories;
            }
        };
    }
}
