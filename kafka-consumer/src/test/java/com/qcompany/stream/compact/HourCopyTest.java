package com.qcompany.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.stream.RowTally;
import com.qcompany.stream.RowTally.PartitionRows;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.ErasedCustomers;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
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
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HourCopyTest {

    private static final LocalDateTime HOUR = LocalDateTime.parse("2024-07-04T05:00:00");

    private final Configuration conf = new Configuration();

    @TempDir
    java.nio.file.Path temp;

    @BeforeEach
    void useAPlainFileSystem() {
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
    }

    @Test
    void keepsEveryValueInTheOrderOfTheFiles() throws IOException {
        List<Row> first = events(1, 0, 3000);
        List<Row> second = events(2, 3000, 2000);

        List<PartitionRows> counted = copy(file("a", first), file("b", second));

        List<Row> expected = new ArrayList<>(first);
        expected.addAll(second);
        assertThat(EventRows.read(path("target"), conf)).isEqualTo(expected);
        assertThat(counted).extracting(PartitionRows::partition).containsExactly(0, 1, 2);
        assertThat(counted.stream().mapToLong(PartitionRows::rows).sum()).isEqualTo(5000);
    }

    /** Parquet keeps no statistics, null counts among them, of a column chunk with values that large. */
    @Test
    void needsNoStatistics() throws IOException {
        List<Row> plain = events(1, 0, 10);
        List<Row> large = events(2, 10, 10);
        large.get(3).set("productid", "x".repeat(5000)).set("extras", Map.of("text", "y".repeat(70_000)));

        copy(file("a", plain), file("b", large));

        assertThat(EventRows.read(path("target"), conf)).hasSize(20).endsWith(large.toArray(new Row[0]));
    }

    @Test
    void writesZstdWithStatisticsAndPageIndexInOneRowGroup() throws IOException {
        copy(file("a", events(1, 0, 4000)), file("b", events(2, 4000, 4000)));

        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(path("target"), conf))) {
            assertThat(reader.getRowGroups()).hasSize(1);
            BlockMetaData rowGroup = reader.getRowGroups().get(0);
            for (ColumnChunkMetaData column : rowGroup.getColumns()) {
                assertThat(column.getCodec()).isEqualTo(CompressionCodecName.ZSTD);
                assertThat(reader.readColumnIndex(column)).isNotNull();
            }
            assertThat(rowGroup.getColumns().get(14).getStatistics().hasNonNullValue())
                    .isTrue();
        }
    }

    @Test
    void keepsLargeRowGroupsAsTheyAre() throws IOException {
        List<Row> first = events(1, 0, 120_000);
        List<Row> second = events(2, 120_000, 100_000);

        List<PartitionRows> counted = copy(zstd("a", first), zstd("b", second));

        assertThat(counted.stream().mapToLong(PartitionRows::rows).sum()).isEqualTo(220_000);
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(path("target"), conf))) {
            assertThat(reader.getRowGroups())
                    .extracting(BlockMetaData::getRowCount)
                    .containsExactly(120_000L, 100_000L);
        }
        List<Row> expected = new ArrayList<>(first);
        expected.addAll(second);
        assertThat(EventRows.read(path("target"), conf)).isEqualTo(expected);
    }

    @Test
    void copiesTheRowsOfSmallFilesAfterLargeRowGroups() throws IOException {
        copy(file("a", events(1, 0, 10)), zstd("b", events(2, 10, 100_000)), zstd("c", events(3, 100_010, 20)));

        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(path("target"), conf))) {
            assertThat(reader.getRowGroups())
                    .extracting(BlockMetaData::getRowCount)
                    .containsExactly(100_000L, 30L);
        }
    }

    /** What a consumer has counted while it wrote, against what is read of its file. */
    @Test
    void refusesAFileThatHoldsOtherRowsThanItsFooterSays() throws IOException {
        RowTally other = new RowTally(StarSchema.KAFKA);
        other.add(events(1, 0, 1).get(0));
        OutputFile file = HadoopOutputFile.fromPath(path("a"), conf);
        try (ParquetWriter<Row> writer =
                ParquetRows.writer(StarSchema.KAFKA, file, CompressionCodecName.ZSTD, 32 << 20, other::footer, conf)) {
            writer.write(events(1, 7, 1).get(0));
        }

        assertThatThrownBy(() -> copy(path("a")))
                .hasMessageStartingWith("Cannot publish")
                .hasMessageContaining("from offset 7 to 7")
                .hasMessageContaining("from offset 0 to 0");
    }

    @Test
    void readsAsNullAColumnThatAnOlderFileLacks() throws IOException {
        Path older = path("older.parquet");
        MessageType schema = without("extras");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(older)
                .withConf(conf)
                .withType(schema)
                .build()) {
            writer.write(required(new SimpleGroup(schema)));
        }

        copy(older);

        assertThat(EventRows.read(path("target"), conf)).singleElement().satisfies(row -> assertThat(row.get("extras"))
                .isNull());
    }

    @Test
    void refusesAColumnThatWouldBeLost() throws IOException {
        Path newer = path("newer.parquet");
        List<org.apache.parquet.schema.Type> fields =
                new ArrayList<>(without("extras").getFields());
        fields.add(Types.optional(PrimitiveTypeName.INT32).named("added_later"));
        MessageType schema = new MessageType("kafka", fields);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(newer)
                .withConf(conf)
                .withType(schema)
                .build()) {
            writer.write(required(new SimpleGroup(schema)));
        }

        assertThatThrownBy(() -> copy(newer))
                .hasMessageContaining("newer.parquet")
                .hasMessageContaining("table kafka has no column added_later");
    }

    @Test
    void refusesAFileThatLacksWhatEveryRowHas() throws IOException {
        Path broken = path("broken.parquet");
        MessageType schema = without("kafka_offset");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(broken)
                .withConf(conf)
                .withType(schema)
                .build()) {
            writer.write(required(new SimpleGroup(schema)));
        }

        assertThatThrownBy(() -> copy(broken)).hasMessageContaining("broken.parquet");
    }

    private List<PartitionRows> copy(Path... inputs) throws IOException {
        return new HourCopy(conf, new ErasedCustomers(Set.of()))
                .copy(List.of(inputs), path("target"))
                .partitions();
    }

    private Path file(String name, List<Row> rows) throws IOException {
        EventRows.write(path(name), conf, rows);
        return path(name);
    }

    /** A file as consumers write it. */
    private Path zstd(String name, List<Row> rows) throws IOException {
        OutputFile file = HadoopOutputFile.fromPath(path(name), conf);
        try (ParquetWriter<Row> writer =
                ParquetRows.writer(StarSchema.KAFKA, file, CompressionCodecName.ZSTD, 32 << 20, Map::of, conf)) {
            for (Row row : rows) {
                writer.write(row);
            }
        }
        return path(name);
    }

    private Path path(String name) {
        return new Path(temp.resolve(name).toUri());
    }

    private static List<Row> events(long seed, long firstOffset, int count) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(EventRows.event(random, HOUR, i % 3, firstOffset + i));
        }
        return rows;
    }

    private static MessageType without(String column) {
        MessageType whole = StarSchema.KAFKA.messageType();
        return new MessageType(
                whole.getName(),
                whole.getFields().stream()
                        .filter(field -> !field.getName().equals(column))
                        .toList());
    }

    private static Group required(Group row) {
        for (ColumnDescriptor column : ((MessageType) row.getType()).getColumns()) {
            if (column.getMaxDefinitionLevel() == 0) {
                switch (column.getPath()[0]) {
                    case "kafka_topic" -> row.add("kafka_topic", "app-logs");
                    case "kafka_partition" -> row.add("kafka_partition", 0);
                    default -> row.add(column.getPath()[0], 5L);
                }
            }
        }
        return row;
    }
}
