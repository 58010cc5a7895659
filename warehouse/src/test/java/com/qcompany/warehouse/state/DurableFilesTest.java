package com.qcompany.warehouse.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.qcompany.warehouse.parquet.DurableOutputFile;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.apache.parquet.io.PositionOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {

    @TempDir
    java.nio.file.Path dir;

    private final Configuration failing = new Configuration(false);
    private Path file;

    @BeforeEach
    void nameFile() {
        failing.setClass("fs.file.impl", FailingFileSystem.class, FileSystem.class);
        failing.setBoolean("fs.file.impl.disable.cache", true);
        file = new Path(dir.toUri().toString(), "file");
    }

    @Test
    void holdsWhatWasWrittenAndCanBeClosedAgain() throws IOException {
        DurableOutputFile output = new DurableOutputFile(file, new Configuration(false));

        PositionOutputStream out = output.create(1 << 20);
        out.write(new byte[] {1, 2, 3});
        out.close();
        out.close();
        output.close();

        assertThat(Files.readAllBytes(dir.resolve("file"))).containsExactly(1, 2, 3);
    }

    @Test
    void namesAFileThatIsDamaged() throws IOException {
        Files.createFile(dir.resolve("file"));

        assertThatIOException()
                .isThrownBy(() ->
                        ImmutableFiles.read(file.getFileSystem(new Configuration(false)), file, GroupRecord.class))
                .withMessageMatching("Cannot read file:\\S+/file: No content .*");
    }

    @Test
    void saysWhyParquetCannotBeBroughtToDisk() throws IOException {
        DurableOutputFile output = new DurableOutputFile(file, failing);

        assertThatIOException()
                .isThrownBy(() -> {
                    try (output;
                            PositionOutputStream out = output.create(0)) {
                        out.write(1);
                    }
                })
                .withMessageContaining("All DataNodes are bad");
    }

    @Test
    void rowsAreBroughtToDisk() {
        Configuration conf = new Configuration(false);
        conf.setClass("fs.file.impl", NoDiskFileSystem.class, FileSystem.class);
        conf.setBoolean("fs.file.impl.disable.cache", true);

        assertThatIOException()
                .isThrownBy(() ->
                        ParquetRows.writer(StarSchema.LOAD_RUNS, file, conf).close())
                .withMessage("Cannot bring %s to disk: there is none", file);
    }

    /** Its streams take everything and refuse to bring it to disk. */
    public static final class NoDiskFileSystem extends RawLocalFileSystem {
        @Override
        public FSDataOutputStream create(
                Path file, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
                throws IOException {
            return new FSDataOutputStream(
                    super.create(file, overwrite, bufferSize, replication, blockSize, progress), null) {
                @Override
                public void hsync() throws IOException {
                    throw new IOException("there is none");
                }
            };
        }
    }

    @Test
    void saysWhyAFileCannotBeWritten() throws IOException {
        FileSystem fs = file.getFileSystem(failing);

        assertThatIOException()
                .isThrownBy(() -> NewFile.write(fs, file, out -> out.write(1)))
                .withMessage("All DataNodes are bad");
    }

    @Test
    void makesAFileOnce() throws IOException {
        FileSystem fs = file.getFileSystem(new Configuration(false));

        NewFile.write(fs, file, out -> out.write(7));

        assertThat(Files.readAllBytes(dir.resolve("file"))).containsExactly(7);
        assertThatIOException()
                .isThrownBy(() -> NewFile.write(fs, file, out -> out.write(8)))
                .isInstanceOf(FileAlreadyExistsException.class);
    }
}
