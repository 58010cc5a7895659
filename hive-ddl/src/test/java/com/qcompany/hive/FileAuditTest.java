package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audit says of files that are missing, doubled or cut. */
class FileAuditTest {

    private final Configuration conf = new Configuration();

    @TempDir
    java.nio.file.Path root;

    private Warehouse warehouse;
    private Path directory;
    private Snapshot published;

    @BeforeEach
    void publish() throws IOException {
        warehouse = new Warehouse(FileSystem.getLocal(conf), new Layout(new Path(root.toUri())), "db");
        directory = warehouse.layout().partitionVersion(StarSchema.TRANSACTION_KEYS, List.of("3"), 3);
        keys("a.parquet", 2);
        keys("b.parquet", 1);
        Version version = new Version(3, new TreeMap<>(Map.of("a.parquet", 2L, "b.parquet", 1L)));
        published = new Snapshot(
                Snapshot.FORMAT,
                3,
                0,
                new TreeMap<>(),
                new TreeMap<>(Map.of(StarSchema.TRANSACTION_KEYS.name(), new TreeMap<>(Map.of("3", version)))),
                1,
                new TreeSet<>(),
                new TreeSet<>(),
                List.of());
    }

    @Test
    void arePublishedWhereTheyAreAllThereAndHiddenOnesDoNotCount() throws IOException {
        Files.writeString(local("_SUCCESS"), "");
        Files.writeString(local(".x.tmp"), "half");

        assertThat(new FileAudit(warehouse, conf).check(published))
                .hasSize(FileAudit.versionedTables().size())
                .allMatch(finding -> finding.violations() == 0);
        assertThat(ofKeys().detail()).isEqualTo("2 files as published");
    }

    @Test
    void areNamedWhereMissingDoubledCutOrChanged() throws IOException {
        Files.delete(local("b.parquet"));
        Files.copy(local("a.parquet"), local("c.parquet"));
        try (RandomAccessFile file = new RandomAccessFile(local("a.parquet").toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        assertThat(ofKeys().violations()).isEqualTo(3);
        assertThat(ofKeys().detail())
                .contains(
                        "a.parquet cannot be read",
                        "b.parquet is missing (1 rows)",
                        "c.parquet is visible and was not");
    }

    @Test
    void areNamedWhereTheyHaveOtherRows() throws IOException {
        Files.delete(local("b.parquet"));
        keys("b.parquet", 4);

        assertThat(ofKeys().violations()).isEqualTo(1);
        assertThat(ofKeys().detail()).endsWith("b.parquet has 4 rows of 1");
    }

    private Finding ofKeys() throws IOException {
        return new FileAudit(warehouse, conf)
                .check(published).stream()
                        .filter(finding -> finding.table().equals(StarSchema.TRANSACTION_KEYS.name()))
                        .findFirst()
                        .orElseThrow();
    }

    private java.nio.file.Path local(String name) {
        return java.nio.file.Path.of(new Path(directory, name).toUri().getPath());
    }

    private void keys(String name, int rows) throws IOException {
        try (ParquetWriter<Row> writer =
                ParquetRows.writer(StarSchema.TRANSACTION_KEYS, new Path(directory, name), conf)) {
            for (int i = 0; i < rows; i++) {
                writer.write(new Row(StarSchema.TRANSACTION_KEYS)
                        .set("transaction_id", name + i)
                        .set("transaction_date", "2024-07-01")
                        .set("added_in", 3L)
                        .set("content_digest", 1L)
                        .set("group_sequence", 1L));
            }
        }
    }
}
