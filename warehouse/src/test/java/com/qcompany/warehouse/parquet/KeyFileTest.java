package com.qcompany.warehouse.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.hadoop.ParquetWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    private static final int KEYS_A_DATE = 700;

    @TempDir
    Path dir;

    private final Configuration conf = new Configuration();

    @BeforeEach
    void useALocalFileSystem() {
        conf.set("fs.file.impl", PlainLocalFileSystem.class.getName());
        conf.setBoolean("fs.file.impl.disable.cache", true);
    }

    /** Of 28 dates every so many are asked for, so that pages between them are left out; every third key is not there. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 28})
    void findsEveryKeyThatIsThereAndNoOther(int step) throws IOException {
        FileStatus file = write(28);
        Set<String> dates = IntStream.rangeClosed(1, 28)
                .filter(day -> day % step == 0)
                .mapToObj(KeyFileTest::date)
                .collect(Collectors.toCollection(TreeSet::new));

        try (KeyFile keys = KeyFile.open(file, conf, dates)) {
            for (String date : dates) {
                for (int i = 0; i < KEYS_A_DATE; i += 7) {
                    OptionalLong expected = i % 3 == 0 ? OptionalLong.empty() : OptionalLong.of(digest(date, i));
                    assertThat(keys.digestOf(key(date, i))).as("%s %d", date, i).isEqualTo(expected);
                }
            }
            assertThat(keys.digestOf(key("2024-03-01", 0))).isEmpty();
        }
    }

    @Test
    void asksTheSameKeyAgain() throws IOException {
        try (KeyFile keys = KeyFile.open(write(2), conf, Set.of(date(2)))) {
            assertThat(keys.digestOf(key(date(2), 4))).hasValue(digest(date(2), 4));
            assertThat(keys.digestOf(key(date(2), 4))).hasValue(digest(date(2), 4));
            assertThat(keys.digestOf(key(date(2), 5))).hasValue(digest(date(2), 5));
        }
    }

    @Test
    void aFileWithoutTheDatesHasNoKeys() throws IOException {
        FileStatus file = write(2);

        try (KeyFile keys = KeyFile.open(file, conf, Set.of(date(9)))) {
            assertThat(keys.digestOf(key(date(9), 1))).isEmpty();
        }
    }

    private FileStatus write(int dates) throws IOException {
        org.apache.hadoop.fs.Path file =
                new org.apache.hadoop.fs.Path(dir.resolve("keys.parquet").toUri());
        try (ParquetWriter<Row> writer = ParquetRows.writer(StarSchema.TRANSACTION_KEYS, file, conf)) {
            for (int day = 1; day <= dates; day++) {
                for (int i = 0; i < KEYS_A_DATE; i++) {
                    if (i % 3 != 0) {
                        writer.write(key(date(day), i).set("content_digest", digest(date(day), i)));
                    }
                }
            }
        }
        return file.getFileSystem(conf).getFileStatus(file);
    }

    private static Row key(String date, int i) {
        return new Row(StarSchema.TRANSACTION_KEYS)
                .set("transaction_date", date)
                .set("transaction_id", "trx-%04d".formatted(i))
                .encode();
    }

    private static String date(int day) {
        return "2024-02-%02d".formatted(day);
    }

    private static long digest(String date, int i) {
        return date.hashCode() * 31L + i;
    }
}
