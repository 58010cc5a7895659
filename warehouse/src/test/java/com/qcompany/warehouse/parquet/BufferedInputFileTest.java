package com.qcompany.warehouse.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BufferedInputFileTest {

    private static final int[] READS = {0, 1, 1000, 100_000};

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
                byte[] read = new byte[Math.min(READS[places.nextInt(READS.length)], length - from)];
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
    void aLargeFileIsReadByteByByteInFewRequests() throws IOException {
        Path path = dir.resolve("file");
        byte[] content = new byte[BufferedInputFile.MOST_BYTES + 1];
        new Random(1).nextBytes(content);
        Files.write(path, content);
        AtomicInteger requests = new AtomicInteger();

        try (SeekableInputStream in = new BufferedInputFile(counted(path, requests)).newStream()) {
            for (byte expected : content) {
                assertThat(in.read()).isEqualTo(expected & 0xFF);
            }
            assertThat(in.read()).isNegative();
        }

        assertThat(requests.get()).isLessThan(10);
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

    private static InputFile counted(Path path, AtomicInteger requests) {
        return new InputFile() {

            @Override
            public long getLength() throws IOException {
                return Files.size(path);
            }

            @Override
            public SeekableInputStream newStream() throws IOException {
                SeekableInputStream in = new LocalInputFile(path).newStream();
                return new DelegatingSeekableInputStream(new FilterInputStream(in) {
                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        requests.incrementAndGet();
                        return super.read(target, offset, length);
                    }
                }) {
                    @Override
                    public long getPos() throws IOException {
                        return in.getPos();
                    }

                    @Override
                    public void seek(long position) throws IOException {
                        in.seek(position);
                    }
                };
            }
        };
    }
}
