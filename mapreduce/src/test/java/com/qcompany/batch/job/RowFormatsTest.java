package com.qcompany.batch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.batch.publish.RunRow;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.FileAlreadyExistsException;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.CombineFileSplit;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFormatsTest {

    private static final Table RUNS = StarSchema.LOAD_RUNS;

    @TempDir
    java.nio.file.Path dir;

    private final Configuration conf = new Configuration();
    private TaskAttemptContext task;

    @BeforeEach
    void openTask() throws IOException {
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        Job job = Job.getInstance(conf);
        FileOutputFormat.setOutputPath(job, new Path(dir.resolve("out").toUri()));
        task = new TaskAttemptContextImpl(job.getConfiguration(), new TaskAttemptID());
    }

    @Test
    void aTaskWritesMorePartitionsThanItKeepsOpen() throws Exception {
        RowOutputFormat format = new RowOutputFormat();
        OutputCommitter committer = format.getOutputCommitter(task);
        committer.setupJob(task);
        committer.setupTask(task);
        RecordWriter<Text, Row> writer = format.getRecordWriter(task);
        for (int round = 0; round < 2; round++) {
            for (int day = 10; day < 20; day++) {
                writer.write(new Text("2024-01-" + day), run("run-%d-%d".formatted(day, round)));
            }
        }
        writer.close(task);
        committer.commitTask(task);
        committer.commitJob(task);

        Map<String, List<String>> byPartition = new TreeMap<>();
        for (Path file : files()) {
            Partition of = JobTables.partition(file);
            assertThat(of.table()).isEqualTo(RUNS);
            byPartition
                    .computeIfAbsent(of.values().get(0), any -> new ArrayList<>())
                    .addAll(ids(file));
        }
        assertThat(byPartition).hasSize(10);
        byPartition.forEach((date, ids) -> assertThat(ids)
                .containsExactlyInAnyOrder("run-" + date.substring(8) + "-0", "run-" + date.substring(8) + "-1"));
    }

    @Test
    void aJobRefusesAnOutputThatExists() throws IOException {
        Files.createDirectories(dir.resolve("out"));

        assertThatThrownBy(() -> new RowOutputFormat().checkOutputSpecs(task))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void aFileIsReadInPartsBetweenItsRowGroups() throws Exception {
        Path file = new Path(
                dir.resolve("load_runs/data/run_date=2024-01-01/v-1/1.parquet").toUri());
        int rows = 1000;
        try (ParquetWriter<Row> writer = ParquetRows.writer(
                RUNS, HadoopOutputFile.fromPath(file, conf), CompressionCodecName.UNCOMPRESSED, 4096, Map::of, conf)) {
            for (int i = 0; i < rows; i++) {
                writer.write(run("run-%04d".formatted(i)));
            }
        }
        long length = file.getFileSystem(conf).getFileStatus(file).getLen();
        List<String> read = new ArrayList<>();
        int parts = 0;
        for (long start = 0; start < length; start += length / 3 + 1) {
            List<String> part = read(file, start, Math.min(length / 3 + 1, length - start));
            parts += part.isEmpty() ? 0 : 1;
            read.addAll(part);
        }

        assertThat(parts).isGreaterThan(1);
        assertThat(read).hasSize(rows).isSorted().doesNotHaveDuplicates();
    }

    private List<String> read(Path file, long start, long length) throws Exception {
        CombineFileSplit split =
                new CombineFileSplit(new Path[] {file}, new long[] {start}, new long[] {length}, new String[0]);
        List<String> read = new ArrayList<>();
        try (RowInputFormat.FileRows rows = new RowInputFormat.FileRows(split, task, 0)) {
            while (rows.nextKeyValue()) {
                assertThat(rows.getCurrentKey()).hasToString("2024-01-01");
                read.add(rows.getCurrentValue().text("run_id"));
            }
        }
        return read;
    }

    private List<Path> files() throws IOException {
        try (Stream<java.nio.file.Path> paths = Files.walk(dir.resolve("out"))) {
            return paths.filter(path -> path.toString().endsWith(".parquet"))
                    .map(path -> new Path(path.toUri()))
                    .toList();
        }
    }

    private List<String> ids(Path file) throws IOException {
        List<String> ids = new ArrayList<>();
        try (ParquetReader<Row> reader = ParquetRows.reader(RUNS, file, conf)) {
            for (Row row = reader.read(); row != null; row = reader.read()) {
                ids.add(row.text("run_id"));
            }
        }
        return ids;
    }

    private static Row run(String id) {
        return new RunRow(id, "load", "published", Instant.EPOCH, Instant.EPOCH).row();
    }
}
