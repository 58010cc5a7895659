package com.qcompany.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.ParquetRows;
import com.qcompany.warehouse.Row;
import com.qcompany.warehouse.StarSchema;
import com.qcompany.warehouse.Table;
import com.qcompany.warehouse.Table.Storage;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HourSortTest {

    private static final LocalDateTime HOUR = LocalDateTime.parse("2024-07-04T05:00:00");
    private static final long MIB = 1 << 20;

    @TempDir
    java.nio.file.Path temp;

    private final Configuration conf = conf();
    private final Random random = new Random(7);

    @Test
    void ordersByEventTimeThenPartitionThenOffset() throws IOException {
        List<Row> rows = new ArrayList<>();
        List<Path> files = List.of(file("a", rows, 0, 700), file("b", rows, 1, 1), file("c", rows, 2, 3000));

        long written = sort(new SortMemory(64 * MIB, 16 * MIB)).sort(files, path("sorted"));

        assertThat(written).isEqualTo(3701);
        assertSortedRows(rows);
    }

    @Test
    void needsNoMoreMemoryForMoreRows() throws IOException {
        List<Row> rows = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (int partition = 0; partition < 7; partition++) {
            files.add(file("f" + partition, rows, partition, 20_000));
        }
        SortMemory oneBlockAtOnceAndTwoRuns = new SortMemory(1, MIB);

        sort(oneBlockAtOnceAndTwoRuns).sort(files, path("sorted"));

        assertSortedRows(rows);
        assertThat(filesBeginning("sorted")).containsExactly("sorted");
        assertThat(rowGroups(path("sorted"))).hasSizeGreaterThan(1);
    }

    @Test
    void writesZstdWithStatisticsAndPageIndex() throws IOException {
        Path file = file("a", new ArrayList<>(), 0, 5000);

        sort(new SortMemory(64 * MIB, 16 * MIB)).sort(List.of(file), path("sorted"));

        for (BlockMetaData rowGroup : rowGroups(path("sorted"))) {
            for (ColumnChunkMetaData column : rowGroup.getColumns()) {
                assertThat(column.getCodec()).isEqualTo(CompressionCodecName.ZSTD);
                assertThat(column.getOffsetIndexReference()).isNotNull();
                assertThat(column.getColumnIndexReference()).isNotNull();
                assertThat(column.getStatistics().isNumNullsSet()).isTrue();
            }
        }
    }

    @Test
    void readsAsNullAColumnThatAnOlderFileLacks() throws IOException {
        List<String> older = StarSchema.KAFKA.columns().stream()
                .map(column -> column.name())
                .filter(name -> !name.equals("algorithm") && !name.equals("extras"))
                .toList();
        Table table = StarSchema.KAFKA.project(older);
        Row row = new Row(table);
        Row expected = EventRows.plain(HOUR, 3, 4).set("algorithm", null).set("extras", null);
        older.forEach(name -> row.set(name, expected.get(name)));
        try (ParquetWriter<Row> writer = ParquetRows.writer(table, path("older"), conf)) {
            writer.write(row);
        }

        sort(new SortMemory(MIB, MIB)).sort(List.of(path("older")), path("sorted"));

        assertThat(EventRows.read(path("sorted"), conf)).containsExactly(expected);
        assertThat(Contents.of(List.of(path("sorted")), conf)).isEqualTo(Contents.of(List.of(path("older")), conf));
    }

    @Test
    void refusesAColumnThatWouldBeLost() throws IOException {
        Table newer = new Table(
                "kafka",
                "of a later version",
                Storage.CONVENTIONAL,
                Stream.concat(
                                StarSchema.KAFKA.columns().stream(),
                                StarSchema.LOAD_RUNS.columns().stream().limit(1))
                        .toList(),
                StarSchema.KAFKA.partitionColumns(),
                List.of(),
                List.of());
        ParquetRows.writer(newer, path("newer"), conf).close();

        assertThatThrownBy(() -> sort(new SortMemory(MIB, MIB)).sort(List.of(path("newer")), path("sorted")))
                .hasMessageContaining("newer: table kafka has no column run_id");
    }

    private void assertSortedRows(List<Row> rows) throws IOException {
        rows.sort(EventRows.ORDER);
        assertThat(EventRows.read(path("sorted"), conf)).isEqualTo(rows);
    }

    private HourSort sort(SortMemory memory) throws IOException {
        return new HourSort(path("x").getFileSystem(conf), conf, memory, () -> {});
    }

    private Path file(String name, List<Row> rows, int partition, int count) throws IOException {
        List<Row> added = new ArrayList<>();
        for (int offset = 0; offset < count; offset++) {
            added.add(EventRows.event(random, HOUR, partition, offset));
        }
        EventRows.write(path(name), conf, added);
        rows.addAll(added);
        return path(name);
    }

    private List<BlockMetaData> rowGroups(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
            return reader.getRowGroups();
        }
    }

    private List<String> filesBeginning(String prefix) throws IOException {
        try (Stream<java.nio.file.Path> files = Files.list(temp)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .toList();
        }
    }

    private Path path(String name) {
        return new Path(temp.resolve(name).toUri());
    }

    private static Configuration conf() {
        Configuration conf = new Configuration();
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
        return conf;
    }
}
