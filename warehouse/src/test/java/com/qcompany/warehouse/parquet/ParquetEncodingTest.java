package com.qcompany.warehouse.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetEncodingTest {

    @TempDir
    java.nio.file.Path dir;

    private final Configuration conf = new Configuration();

    @BeforeEach
    void useLocalFiles() {
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
    }

    @Test
    void onlyColumnsWhoseValuesRepeatHaveDictionaries() throws IOException {
        Path file = writeKeys(100);

        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
            Map<String, EncodingStats> encodings = reader.getRowGroups().get(0).getColumns().stream()
                    .collect(Collectors.toMap(
                            column -> column.getPath().toDotString(), ColumnChunkMetaData::getEncodingStats));
            assertThat(encodings.get("transaction_date").hasDictionaryPages()).isTrue();
            assertThat(encodings.get("transaction_id").hasDictionaryPages()).isFalse();
            assertThat(encodings.get("content_digest").hasDictionaryPages()).isFalse();
        }
    }

    @Test
    void keysThatAFileLacksAreMostlyKnownWithoutReadingPages() throws IOException {
        Path file = writeKeys(10_000);
        List<String> present =
                IntStream.range(0, 500).mapToObj(i -> "trx-" + 20 * i).toList();
        List<String> absent = IntStream.range(0, 500).mapToObj(i -> "new-" + i).toList();

        assertThat(ParquetRows.possible(present, "transaction_id", file, conf)).isEqualTo(present);
        assertThat(ParquetRows.possible(absent, "transaction_id", file, conf)).hasSizeLessThan(50);
    }

    @Test
    void aKeyIsPossibleWhereOneOfTheRowGroupsMayHaveIt() throws IOException {
        Path file = writeKeys(150_000, ParquetEncodingTest::longId);
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
            assertThat(reader.getRowGroups()).hasSizeGreaterThan(1);
        }
        List<String> both = List.of(longId(0), longId(149_999));

        assertThat(ParquetRows.possible(both, "transaction_id", file, conf)).isEqualTo(both);
    }

    @Test
    void allValuesArePossibleWhereAColumnHasNoBloomFilter() throws IOException {
        assertThat(ParquetRows.possible(List.of("2024-07-05"), "transaction_date", writeKeys(100), conf))
                .containsExactly("2024-07-05");
    }

    @Test
    void nothingIsPossibleInAFileWithoutRows() throws IOException {
        assertThat(ParquetRows.possible(List.of("trx-1"), "transaction_id", writeKeys(0), conf))
                .isEmpty();
    }

    @Test
    void theBloomFilterOfAFewKeysIsSmall() throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(writeKeys(1500), conf))) {
            assertThat(reader.getRowGroups().get(0).getColumns())
                    .filteredOn(column -> column.getPath().toDotString().equals("transaction_id"))
                    .singleElement()
                    .satisfies(
                            column -> assertThat(column.getBloomFilterLength()).isBetween(1, 8191));
        }
    }

    private Path writeKeys(int count) throws IOException {
        return writeKeys(count, i -> "trx-" + i);
    }

    /** A text that cannot be made much shorter. */
    private static String longId(long number) {
        byte[] bytes = new byte[300];
        new Random(number).nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private Path writeKeys(int count, LongFunction<String> id) throws IOException {
        Path file = new Path(dir.resolve("keys.parquet").toUri());
        try (ParquetWriter<Row> writer = ParquetRows.writer(StarSchema.TRANSACTION_KEYS, file, conf)) {
            for (long i = 0; i < count; i++) {
                writer.write(new Row(StarSchema.TRANSACTION_KEYS)
                        .set("transaction_date", "2024-07-04")
                        .set("transaction_id", id.apply(i))
                        .set("added_in", 1L)
                        .set("group_sequence", 1L)
                        .set("content_digest", i));
            }
        }
        return file;
    }
}
