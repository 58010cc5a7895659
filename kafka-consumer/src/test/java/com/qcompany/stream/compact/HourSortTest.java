package com.qcompany.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.schema.Table.Storage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void ordersEqualTimesOfSeveralFilesByPartitionThenOffset() throws IOException {
        List<Row> rows = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            List<Row> added = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                added.add(EventRows.plain(HOUR.plusSeconds(i % 2), i % 4, i * 3L + part));
            }
            Collections.shuffle(added, random);
            files.add(written("tied" + part, added));
            rows.addAll(added);
        }

        sort(new SortMemory(64 * MIB, 16 * MIB)).sort(files, path("sorted"));

        assertSortedRows(rows);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 64 * MIB})
    void putsRowsWithoutATimeFirst(long sortBytes) throws IOException {
        Row early = EventRows.plain(HOUR, 0, 1);
        Row timeless = EventRows.plain(HOUR, 1, 2).set("timestamp", null);
        Row otherTimeless = EventRows.plain(HOUR, 0, 3).set("timestamp", null);
        List<Path> files = List.of(written("a", List.of(early, timeless)), written("b", List.of(otherTimeless)));

        sort(new SortMemory(sortBytes, MIB)).sort(files, path("sorted"));

        assertThat(EventRows.read(path("sorted"), conf)).containsExactly(otherTimeless, timeless, early);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 512 * MIB})
    void keepsValuesThatRepeatInOneFileAndDifferInAnother(long sortBytes) throws IOException {
        List<Row> rows = new ArrayList<>();
        Path repeating = file("a", rows, 0, 20_000);
        List<Row> different = new ArrayList<>();
        for (int offset = 0; offset < 70_000; offset++) {
            different.add(EventRows.event(random, HOUR, 1, offset)
                    .set("customerid", "customer with a number, which is " + offset)
                    .set("totalamount", BigDecimal.valueOf(offset, 4)));
        }
        rows.addAll(different);

        sort(new SortMemory(sortBytes, 512 * MIB)).sort(List.of(repeating, written("b", different)), path("sorted"));

        assertSortedRows(rows);
        assertThat(rowGroups(path("sorted")).get(0).getColumns())
                .filteredOn(column -> column.getPath().toDotString().equals("customerid"))
                .allSatisfy(column -> assertThat(column.getEncodings()).contains(Encoding.PLAIN));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 64 * MIB})
    void writesTheSameBytesAgain(long sortBytes) throws IOException {
        List<Path> files = List.of(file("a", new ArrayList<>(), 0, 20_000), file("b", new ArrayList<>(), 1, 20_000));

        sort(new SortMemory(sortBytes, MIB)).sort(files, path("sorted"));
        sort(new SortMemory(sortBytes, MIB)).sort(files, path("again"));

        assertThat(temp.resolve("again")).hasSameBinaryContentAs(temp.resolve("sorted"));
    }

    @ParameterizedTest
    @EnumSource(ParquetProperties.WriterVersion.class)
    void readsPagesOfAnyVersionAndEncoding(ParquetProperties.WriterVersion version) throws IOException {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(
                        HadoopOutputFile.fromPath(path("foreign"), conf))
                .withType(RowBlock.SCHEMA)
                .withWriterVersion(version)
                .withDictionaryEncoding("customerid", false)
                .withDictionaryEncoding("quantity", false)
                .withDictionaryEncoding("timestamp", false)
                .build()) {
            for (int offset = 999; offset >= 0; offset--) {
                writer.write(group(offset));
            }
        }

        sort(new SortMemory(MIB, MIB)).sort(List.of(path("foreign")), path("sorted"));

        List<Row> rows = EventRows.read(path("sorted"), conf);
        assertThat(rows).hasSize(1000);
        for (int offset = 0; offset < 1000; offset++) {
            Row row = rows.get(offset);
            assertThat(row.get("kafka_offset")).isEqualTo((long) offset);
            assertThat(row.get("customerid")).isEqualTo("customer " + offset % 7);
            assertThat(row.get("quantity")).isEqualTo(offset % 3 == 0 ? null : offset);
            assertThat(row.get("extras")).isEqualTo(Map.of("a", "x", "b", Integer.toString(offset)));
        }
    }

    @Test
    void saysLeastAndMostOfEveryColumn() throws IOException {
        List<Row> rows = new ArrayList<>();
        Path file = file("a", rows, 0, 30_000);

        sort(new SortMemory(64 * MIB, 16 * MIB)).sort(List.of(file), path("sorted"));

        try (ParquetFileReader before = open(file);
                ParquetFileReader after = open(path("sorted"))) {
            List<ColumnChunkMetaData> expected = before.getRowGroups().get(0).getColumns();
            List<ColumnChunkMetaData> found = after.getRowGroups().get(0).getColumns();
            for (int column = 0; column < expected.size(); column++) {
                assertThat(found.get(column).getStatistics())
                        .isEqualTo(expected.get(column).getStatistics());
            }
            assertThat(after.readColumnIndex(found.get(0)).getNullPages()).hasSize(2);
        }
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

    @Test
    void refusesAFileThatLacksWhatEveryRowHas() throws IOException {
        Table partitionless = StarSchema.KAFKA.project(List.of("customerid", "kafka_topic", "kafka_offset"));
        ParquetRows.writer(partitionless, path("partitionless"), conf).close();

        assertThatThrownBy(() -> sort(new SortMemory(MIB, MIB)).sort(List.of(path("partitionless")), path("sorted")))
                .hasMessageContaining("it lacks column kafka_partition");
    }

    private static Group group(int offset) {
        Group group = new SimpleGroup(RowBlock.SCHEMA)
                .append("customerid", "customer " + offset % 7)
                .append("timestamp", 1_720_069_200_000_000L + offset)
                .append("kafka_topic", "app-logs")
                .append("kafka_partition", 3)
                .append("kafka_offset", (long) offset)
                .append("ingested_at", 1_720_072_800_000_000L);
        if (offset % 3 != 0) {
            group.append("quantity", offset);
        }
        Group extras = group.addGroup("extras");
        extras.addGroup("key_value").append("key", "a").append("value", "x");
        extras.addGroup("key_value").append("key", "b").append("value", Integer.toString(offset));
        return group;
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
        rows.addAll(added);
        return written(name, added);
    }

    private Path written(String name, List<Row> rows) throws IOException {
        EventRows.write(path(name), conf, rows);
        return path(name);
    }

    private List<BlockMetaData> rowGroups(Path file) throws IOException {
        try (ParquetFileReader reader = open(file)) {
            return reader.getRowGroups();
        }
    }

    private ParquetFileReader open(Path file) throws IOException {
        return ParquetFileReader.open(HadoopInputFile.fromPath(file, conf));
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
