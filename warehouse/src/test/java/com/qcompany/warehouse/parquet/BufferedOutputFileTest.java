package com.qcompany.warehouse.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BufferedOutputFileTest {

    @TempDir
    Path dir;

    @Test
    void whateverIsWrittenInWhateverPiecesComesOutAndCountsAtOnce() throws IOException {
        Path path = dir.resolve("file");
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        Random random = new Random(1);

        try (PositionOutputStream out = new BufferedOutputFile(new LocalOutputFile(path)).create(1 << 20)) {
            for (int i = 0; i < 3000; i++) {
                if (random.nextBoolean()) {
                    int value = random.nextInt(256);
                    out.write(value);
                    expected.write(value);
                } else {
                    byte[] bytes = new byte[random.nextInt(i % 100 == 0 ? 40_000 : 200)];
                    random.nextBytes(bytes);
                    out.write(bytes, 0, bytes.length);
                    expected.write(bytes);
                }
                assertThat(out.getPos()).isEqualTo(expected.size());
            }
        }

        assertThat(Files.readAllBytes(path)).isEqualTo(expected.toByteArray());
    }

    @Test
    void flushingBringsWhatIsBufferedToTheFile() throws IOException {
        Path path = dir.resolve("file");

        try (PositionOutputStream out = new BufferedOutputFile(new LocalOutputFile(path)).create(1 << 20)) {
            out.write(7);
            out.flush();

            assertThat(Files.readAllBytes(path)).containsExactly(7);
        }
    }

    @Test
    void anExistingFileIsRefusedAsTheFileItselfDoes() throws IOException {
        Path path = Files.createFile(dir.resolve("file"));

        assertThatThrownBy(() -> new BufferedOutputFile(new LocalOutputFile(path)).create(1 << 20))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aStreamThatFailsTwiceWithTheSameExceptionIsClosedAndSaysWhy() {
        IOException broken = new IOException("disk full");
        AtomicBoolean closed = new AtomicBoolean();
        OutputFile failing = new LocalOutputFile(dir.resolve("file")) {
            @Override
            public PositionOutputStream create(long blockSizeHint) {
                return new PositionOutputStream() {
                    @Override
                    public long getPos() {
                        return 0;
                    }

                    @Override
                    public void write(int value) throws IOException {
                        throw broken;
                    }

                    @Override
                    public void close() throws IOException {
                        closed.set(true);
                        throw broken;
                    }
                };
            }
        };

        assertThatThrownBy(() -> {
                    try (PositionOutputStream out = new BufferedOutputFile(failing).create(1 << 20)) {
                        out.write(7);
                    }
                })
                .isSameAs(broken);
        assertThat(closed).isTrue();
    }
}
