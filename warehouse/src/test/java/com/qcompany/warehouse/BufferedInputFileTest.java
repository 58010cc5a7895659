package com.qcompany.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BufferedInputFileTest {

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(ints = {1, 5000, BufferedInputFile.MOST_BYTES, BufferedInputFile.MOST_BYTES + 1})
    void readsEveryPlaceOfSmallAndLargeFiles(int length) throws IOException {
        Path path = dir.resolve("file");
        byte[] content = new byte[length];
        new Random(1).nextBytes(content);
        Files.write(path, content);
        Random places = new Random(2);

        try (SeekableInputStream in = new BufferedInputFile(new LocalInputFile(path)).newStream()) {
            for (int i = 0; i < 200; i++) {
                int from = places.nextInt(length);
                byte[] read = new byte[Math.min(1000, length - from)];
                in.seek(from);
                in.readFully(read);
                assertThat(read).isEqualTo(Arrays.copyOfRange(content, from, from + read.length));
                assertThat(in.getPos()).isEqualTo(from + read.length);
            }
            in.seek(length);
            assertThat(in.read()).isNegative();
        }
    }

    @Test
    void aSmallFileIsReadOnceAndClosed() throws IOException {
        Path path = dir.resolve("file");
        Files.write(path, new byte[] {1, 2, 3});

        try (SeekableInputStream in = new BufferedInputFile(new LocalInputFile(path)).newStream()) {
            Files.delete(path);
            in.seek(2);
            assertThat(in.read()).isEqualTo(3);
        }
    }

    @Test
    void aFileThatEndsEarlyIsAnError() throws IOException {
        Path path = dir.resolve("file");
        Files.write(path, new byte[] {1, 2, 3});
        InputFile longer = new InputFile() {

            @Override
            public long getLength() {
                return 4;
            }

            @Override
            public SeekableInputStream newStream() throws IOException {
                return new LocalInputFile(path).newStream();
            }
        };

        assertThatThrownBy(() -> new BufferedInputFile(longer).newStream()).isInstanceOf(EOFException.class);
    }
}
