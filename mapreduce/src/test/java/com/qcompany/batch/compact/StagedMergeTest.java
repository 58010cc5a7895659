package com.qcompany.batch.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.qcompany.batch.publish.StagedFile;
import com.qcompany.batch.publish.TestWarehouse;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.hadoop.ParquetReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedMergeTest {

    private static final Table KEYS = StarSchema.TRANSACTION_KEYS;

    @TempDir
    Path temp;

    private TestWarehouse warehouse;

    @BeforeEach
    void openWarehouse() throws IOException {
        warehouse = new TestWarehouse(temp);
    }

    @Test
    void theKeysOfAYearBecomeOneFileInOrderAndOtherFilesStay() throws IOException {
        StagedFile sales = new StagedFile(TestWarehouse.FACT, List.of("2024-01-01"), path("sales"), 3);

        List<StagedFile> merged = merge(List.of(
                keys("2024", "a", "2024-01-01/b", "2024-01-03/a"),
                sales,
                keys("2023", "b", "2023-12-31/x"),
                keys("2024", "c", "2024-01-01/a", "2024-01-02/z")));

        assertThat(merged)
                .extracting(file -> file.table().name(), StagedFile::partition, StagedFile::rows)
                .containsExactlyInAnyOrder(
                        tuple("transaction_keys", List.of("2024"), 4L),
                        tuple("transaction_keys", List.of("2023"), 1L),
                        tuple("sales_transactions_fact", List.of("2024-01-01"), 3L));
        assertThat(merged).contains(sales);
        assertThat(keysOf(merged, "2024"))
                .containsExactly("2024-01-01/a", "2024-01-01/b", "2024-01-02/z", "2024-01-03/a");
    }

    @Test
    void manyRowsStayInTheirFiles() throws IOException {
        String[] many = IntStream.range(0, 50_000)
                .mapToObj("2024-01-01/%05d"::formatted)
                .toArray(String[]::new);
        List<StagedFile> staged = List.of(keys("2024", "many", many), keys("2024", "one more", "2024-01-02/a"));

        assertThat(merge(staged)).isEqualTo(staged);
    }

    @Test
    void aKeyThatTwoTasksStagedIsAnError() throws IOException {
        List<StagedFile> staged = List.of(keys("2024", "a", "2024-01-01/x"), keys("2024", "b", "2024-01-01/x"));

        assertThatThrownBy(() -> merge(staged)).hasMessageContaining("2024-01-01/x is in");
    }

    @Test
    void rowsThatAreMissingAreAnError() throws IOException {
        StagedFile file = keys("2024", "a", "2024-01-01/x");
        StagedFile lessThanStaged =
                new StagedFile(KEYS, List.of("2024"), keys("2024", "b").file(), 1);

        assertThatThrownBy(() -> merge(List.of(file, lessThanStaged)))
                .hasMessage("Cannot merge staged files of transaction_keys [2024]: they have 1 rows (expected 2)");
    }

    private List<StagedFile> merge(List<StagedFile> staged) throws IOException {
        return new StagedMerge(path("merged"), warehouse.conf).merge(KEYS, staged);
    }

    private StagedFile keys(String year, String name, String... keys) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String key : keys) {
            rows.add(new Row(KEYS)
                    .set("transaction_date", key.substring(0, key.indexOf('/')))
                    .set("transaction_id", key.substring(key.indexOf('/') + 1))
                    .set("content_digest", (long) key.hashCode()));
        }
        org.apache.hadoop.fs.Path file = path(year + name);
        warehouse.write(KEYS, file, rows);
        return new StagedFile(KEYS, List.of(year), file, rows.size());
    }

    private List<String> keysOf(List<StagedFile> files, String year) throws IOException {
        StagedFile file = files.stream()
                .filter(candidate -> candidate.partition().equals(List.of(year)))
                .findFirst()
                .orElseThrow();
        List<String> keys = new ArrayList<>();
        try (ParquetReader<Row> reader = ParquetRows.reader(KEYS, file.file(), warehouse.conf)) {
            for (Row row = reader.read(); row != null; row = reader.read()) {
                String id = row.text("transaction_id");
                String date = row.text("transaction_date");
                assertThat(row.get("content_digest")).isEqualTo((long) (date + "/" + id).hashCode());
                keys.add(date + "/" + id);
            }
        }
        return keys;
    }

    private org.apache.hadoop.fs.Path path(String name) {
        return new org.apache.hadoop.fs.Path(temp.resolve(name).toUri());
    }
}
