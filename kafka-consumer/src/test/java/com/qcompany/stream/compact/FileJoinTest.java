package com.qcompany.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.command.StreamSettings.Visibility;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJoinTest {

    private static final LocalDateTime HOUR = LocalDateTime.parse("2024-07-04T05:00:00");

    @TempDir
    java.nio.file.Path temp;

    private TestStream stream;
    private FileJoin join;

    @BeforeEach
    void open() throws IOException {
        stream = new TestStream(temp.resolve("root"), Visibility.LIVE);
        join = new FileJoin(stream.fs, stream.conf);
    }

    @Test
    void leavesOneFileWithTheRowGroupsOfAll() throws IOException {
        List<Row> rows = new ArrayList<>();
        List<FileStatus> files = List.of(file("a", rows, 2000), file("b", rows, 1), file("c", rows, 9000));

        assertThat(join.writeFooter(files, path(".footer"))).isEqualTo(11_001);
        join.join(files.stream().map(FileStatus::getPath).toList(), path(".footer"));
        join.verify(path("a"), 11_001);

        assertThat(EventRows.read(path("a"), stream.conf)).isEqualTo(rows);
        assertThat(stream.fs.exists(path("b")) || stream.fs.exists(path(".footer")))
                .isFalse();
    }

    @Test
    void aJoinedFileIsJoinedAgain() throws IOException {
        List<Row> rows = new ArrayList<>();
        List<FileStatus> files = List.of(file("a", rows, 20), file("b", rows, 10));
        join.writeFooter(files, path(".1.footer"));
        join.join(List.of(path("a"), path("b")), path(".1.footer"));

        List<FileStatus> again = List.of(stream.fs.getFileStatus(path("a")), file("c", rows, 5));
        assertThat(join.writeFooter(again, path(".2.footer"))).isEqualTo(35);
        join.join(List.of(path("a"), path("c")), path(".2.footer"));

        assertThat(EventRows.read(path("a"), stream.conf)).isEqualTo(rows);
    }

    @Test
    void keepsThePageIndexOfTheFirstFileOnly() throws IOException {
        List<Row> rows = new ArrayList<>();
        List<FileStatus> files = List.of(file("a", rows, 20), file("b", rows, 10));
        join.writeFooter(files, path(".footer"));
        join.join(List.of(path("a"), path("b")), path(".footer"));

        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(path("a"), stream.conf))) {
            List<BlockMetaData> rowGroups = reader.getRowGroups();
            assertThat(reader.readOffsetIndex(rowGroups.get(0).getColumns().get(0)))
                    .isNotNull();
            assertThat(rowGroups.get(1).getColumns()).allMatch(column -> column.getOffsetIndexReference() == null);
            assertThat(rowGroups.get(1).getColumns())
                    .allMatch(column -> column.getStatistics().isNumNullsSet());
        }
    }

    @Test
    void refusesFilesOfDifferentSchemas() throws IOException {
        FileStatus first = file("a", new ArrayList<>(), 3);
        try (ParquetWriter<Row> writer =
                ParquetRows.writer(StarSchema.KAFKA.project(List.of("kafka_topic")), path("b"), stream.conf)) {
            writer.write(new Row(StarSchema.KAFKA.project(List.of("kafka_topic"))).set("kafka_topic", "app-logs"));
        }

        assertThatThrownBy(() -> join.writeFooter(List.of(first, stream.fs.getFileStatus(path("b"))), path(".footer")))
                .hasMessageContaining("its schema differs");
    }

    @Test
    void refusesWhatIsNoParquetFile() throws IOException {
        FileStatus first = file("a", new ArrayList<>(), 3);
        Files.writeString(java.nio.file.Path.of(path("b").toUri()), "kafka_topic,kafka_offset");

        assertThatThrownBy(() -> join.writeFooter(List.of(first, stream.fs.getFileStatus(path("b"))), path(".footer")))
                .hasMessageContaining("does not end as a plain Parquet file does");
    }

    @Test
    void isNotPossibleOnAFileSystemThatCannotJoin() throws IOException {
        LocalFileSystem withChecksums = new LocalFileSystem();
        withChecksums.initialize(URI.create("file:///"), new Configuration());

        assertThatThrownBy(() -> LiveVisibility.check(withChecksums, new Path(temp.toUri())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set q.stream.visibility to on-close");
    }

    private FileStatus file(String name, List<Row> rows, int count) throws IOException {
        Random random = new Random(count);
        try (ParquetWriter<Row> writer =
                ParquetRows.writer(StarSchema.KAFKA, path(name), CompressionCodecName.ZSTD, 64 << 10, stream.conf)) {
            for (int offset = 0; offset < count; offset++) {
                Row row = EventRows.event(random, HOUR, count, offset);
                writer.write(row);
                rows.add(row);
            }
        }
        return stream.fs.getFileStatus(path(name));
    }

    private Path path(String name) {
        return new Path(temp.resolve(name).toUri());
    }
}
