package com.qcompany.warehouse.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.schema.Table.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowGroupFileTest {

    private static final Table THINGS = things(
            Column.required("id", Kind.INT, "Id"),
            Column.optional("name", Kind.TEXT, "Name"),
            Column.optional("groups", Kind.TEXT_LIST, "Groups"));
    private static final Table YOUNGER = things(
            Column.required("id", Kind.INT, "Id"),
            Column.optional("name", Kind.TEXT, "Name"),
            Column.optional("groups", Kind.TEXT_LIST, "Groups"),
            Column.optional("color", Kind.TEXT, "Color"));

    private final Configuration conf = new Configuration();

    @TempDir
    java.nio.file.Path directory;

    @Test
    void rowGroupsOfSeveralFilesBecomeOneFile() throws IOException {
        MemoryFile few = new MemoryFile();
        try (ParquetWriter<Row> writer =
                ParquetRows.writer(THINGS, few, CompressionCodecName.SNAPPY, ParquetRows.ROW_GROUP_BYTES, conf)) {
            writer.write(thing(5_000));
        }
        Path file = path("joined");

        try (RowGroupFile many = RowGroupFile.open(THINGS, file("many", 3_000), conf);
                RowGroupFile one = RowGroupFile.open(THINGS, few, conf);
                RowGroupWriter writer = new RowGroupWriter(THINGS, file, conf)) {
            writer.append(many, 0);
            writer.append(one, 0);
            writer.finish();
        }

        List<Row> rows = new ArrayList<>();
        try (ParquetReader<Row> reader = ParquetRows.reader(THINGS, file, conf)) {
            for (Row row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
        }
        assertThat(rows).hasSize(3_001).startsWith(thing(0), thing(1)).endsWith(thing(2_999), thing(5_000));
        try (RowGroupFile joined = RowGroupFile.open(THINGS, file, conf)) {
            assertThat(joined.groups()).isEqualTo(2);
            assertThat(joined.rows(0)).isEqualTo(3_000);
            assertThat(joined.isOrderedThroughout()).isFalse();
            RowGroupFile.Rows last = joined.read(1, 2);
            assertThat(last.next()).isEqualTo(thing(5_000));
            assertThat(last.next()).isNull();
        }
    }

    @Test
    void columnsThatAFileLacksAreNullAndItsRowGroupsAreNotCopied() throws IOException {
        try (RowGroupFile older = RowGroupFile.open(YOUNGER, file("older", 1), conf);
                RowGroupWriter writer = new RowGroupWriter(YOUNGER, path("younger"), conf)) {
            Row row = older.read(0, older.groups()).next();

            assertThat(row).isNotNull();
            assertThat(row.get("name")).isEqualTo("thing 0");
            assertThat(row.get("color")).isNull();
            assertThat(older.isOrderedThroughout()).isTrue();
            assertThatThrownBy(() -> writer.append(older, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("/older")
                    .hasMessageContaining("(read its rows)");
        }
    }

    @Test
    void aFileThatWasNotFinishedIsNone() throws IOException {
        try (RowGroupFile source = RowGroupFile.open(THINGS, file("source", 1), conf);
                RowGroupWriter writer = new RowGroupWriter(THINGS, path("half"), conf)) {
            writer.append(source, 0);
        }

        assertThatThrownBy(() -> RowGroupFile.open(THINGS, path("half"), conf))
                .hasMessageContaining("is not a Parquet file");
    }

    private Path file(String name, int rows) throws IOException {
        try (ParquetWriter<Row> writer = ParquetRows.writer(THINGS, path(name), conf)) {
            for (int i = 0; i < rows; i++) {
                writer.write(thing(i));
            }
        }
        return path(name);
    }

    private Path path(String name) {
        return new Path(directory.resolve(name).toUri());
    }

    private static Row thing(int id) {
        return new Row(THINGS)
                .set("id", id)
                .set("name", id % 7 == 3 ? null : "thing " + id)
                .set("groups", List.of("a", "group " + id % 10));
    }

    private static Table things(Column... columns) {
        return new Table(
                "things", "Things", Storage.VERSIONED_TABLE, List.of(columns), List.of(), List.of(), List.of());
    }
}
