package com.qcompany.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.stream.EventHour;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closing large hours in a process with the documented heap and collector; consumers hold half of the heap. */
@Tag("slow")
class ClosingMemoryTest {

    private static final String HOUR = "2024-07-04-05";
    private static final String HEAP = "-Xmx512m";
    private static final int HELD_BYTES = 256 << 20;

    @TempDir
    Path temp;

    private long nextOffset;

    @Test
    void closesAnHourOfManyLargeEvents() throws Exception {
        TestStream stream = new TestStream(temp);
        for (int file = 0; file < 6; file++) {
            write(stream, file, 10_000, 10_000);
        }

        int code = closeInAProcess();
        assertThat(code).as(output()).isEqualTo(ExitCode.OK.code());
        assertThat(rows(stream)).isEqualTo(60_000);
    }

    @Test
    void closesAnHourOfEventsAsLargeAsTheBrokerTakes() throws Exception {
        TestStream stream = new TestStream(temp);
        write(stream, 0, 5000, 100);
        for (int file = 1; file < 4; file++) {
            write(stream, file, 100, 1_000_000);
        }

        int code = closeInAProcess();
        assertThat(code).as(output()).isEqualTo(ExitCode.OK.code());
        assertThat(rows(stream)).isEqualTo(5300);
    }

    /** The process. */
    public static void main(String[] args) throws IOException {
        byte[] held = new byte[HELD_BYTES];
        Configuration conf = new TestStream(Path.of(args[0])).conf;
        CompactTool tool = new CompactTool();
        tool.setConf(conf);
        int code = tool.run(new String[] {"--hour", HOUR});
        System.exit(held.length == HELD_BYTES ? code : -1);
    }

    private int closeInAProcess() throws IOException, InterruptedException {
        File output = temp.resolve("output").toFile();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClosingMemoryTest.class.getName(),
                        temp.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output))
                .start()
                .waitFor();
    }

    private String output() throws IOException {
        return Files.readString(temp.resolve("output"));
    }

    private void write(TestStream stream, int file, int rows, int textLength) throws IOException {
        Random random = new Random(file);
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(
                stream.layout.open(EventHour.parse(HOUR)), "e%d.0.parquet".formatted(file));
        try (ParquetWriter<Row> writer = ParquetRows.writer(StarSchema.KAFKA, path, stream.conf)) {
            for (int i = 0; i < rows; i++) {
                Row row = EventRows.plain(EventHour.parse(HOUR).start(), 0, nextOffset++);
                writer.write(row.set("productid", text(random, textLength)));
            }
        }
    }

    /** A text that does not become much smaller. */
    private static String text(Random random, int length) {
        byte[] letters = new byte[length];
        random.nextBytes(letters);
        for (int i = 0; i < length; i++) {
            letters[i] = (byte) (' ' + (letters[i] & 63));
        }
        return new String(letters, StandardCharsets.US_ASCII);
    }

    private static long rows(TestStream stream) throws IOException {
        long rows = 0;
        List<String> offsets = List.of("kafka_offset");
        try (ParquetReader<Row> reader = ParquetRows.reader(
                StarSchema.KAFKA.project(offsets), stream.visibleFiles().get(0).getPath(), stream.conf)) {
            while (reader.read() != null) {
                rows++;
            }
        }
        return rows;
    }
}
