package com.qcompany.warehouse.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetEncodingTest {

    @TempDir
    java.nio.file.Path dir;

    @Test
    void onlyColumnsWhoseValuesRepeatHaveDictionaries() throws IOException {
        Configuration conf = new Configuration();
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        Path file = new Path(dir.resolve("keys.parquet").toUri());
        try (ParquetWriter<Row> writer = ParquetRows.writer(StarSchema.TRANSACTION_KEYS, file, conf)) {
            for (long i = 0; i < 100; i++) {
                writer.write(new Row(StarSchema.TRANSACTION_KEYS)
                        .set("transaction_date", "2024-07-04")
                        .set("transaction_id", "trx-" + i)
                        .set("added_in", 1L)
                        .set("group_sequence", 1L)
                        .set("content_digest", i));
            }
        }

        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
            Map<String, EncodingStats> encodings = reader.getRowGroups().get(0).getColumns().stream()
                    .collect(Collectors.toMap(
                            column -> column.getPath().toDotString(), ColumnChunkMetaData::getEncodingStats));
            assertThat(encodings.get("transaction_date").hasDictionaryPages()).isTrue();
            assertThat(encodings.get("transaction_id").hasDictionaryPages()).isFalse();
            assertThat(encodings.get("content_digest").hasDictionaryPages()).isFalse();
        }
    }
}
