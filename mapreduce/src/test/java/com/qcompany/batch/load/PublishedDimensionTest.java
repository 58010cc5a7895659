package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.load.PublishedDimension.File;
import com.qcompany.batch.load.PublishedDimension.KeyRange;
import com.qcompany.warehouse.parquet.KeyPage;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.parquet.RowGroupFile;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every published version is merged by one reducer: the one to which what files show of its thing is sent. */
class PublishedDimensionTest {

    private static final Dimension PRODUCTS = StarSchema.DIMENSION_DECLARATIONS.stream()
            .filter(dimension -> dimension.table().equals(StarSchema.PRODUCT_DIM))
            .findFirst()
            .orElseThrow();

    private final Configuration conf = new Configuration();

    @TempDir
    Path directory;

    @Property(tries = 500)
    void everyKeyIsOfTheReducerWhoseRangeHoldsIt(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = -5, max = 200) Integer> leasts,
            @ForAll @IntRange(min = 1, max = 9) int reducers,
            @ForAll int anyKey) {
        List<KeyPage> pages =
                leasts.stream().map(least -> new KeyPage(least, least + 7, 10)).toList();
        PublishedDimension divided = PublishedDimension.divide(List.of(new File("f", -5, 207)), pages, reducers);

        List<Integer> keys = new ArrayList<>(IntStream.range(-10, 220).boxed().toList());
        keys.addAll(List.of(anyKey, Integer.MIN_VALUE, Integer.MAX_VALUE));
        for (int key : keys) {
            int reducer = divided.reducerOf(key);
            assertThat(reducer).isBetween(0, reducers - 1);
            for (int other = 0; other < reducers; other++) {
                if (other != reducer && !divided.filesOf(other).isEmpty()) {
                    assertThat(divided.rangeOf(other).contains(key)).isFalse();
                }
            }
            if (key >= -5 && key <= 207) {
                assertThat(divided.filesOf(reducer)).hasSize(1);
                assertThat(divided.rangeOf(reducer).contains(key)).isTrue();
            }
        }
    }

    @Test
    void rangesHaveAboutAsManyRows() {
        List<KeyPage> pages = IntStream.range(0, 100)
                .mapToObj(page -> new KeyPage(page * 10, page * 10 + 9, 1000))
                .toList();

        assertThat(PublishedDimension.divide(List.of(), pages, 4).starts()).containsExactly(250, 500, 750);
        assertThat(PublishedDimension.divide(List.of(), pages, 1).starts()).isEmpty();
    }

    @Test
    void aReducerReadsItsRangeAcrossPagesAndFiles() throws IOException {
        File low = write("low", 0, 5_000);
        File high = write("high", 5_000, 10_000);
        List<KeyPage> pages = new ArrayList<>(pages(low));
        pages.addAll(pages(high));
        assertThat(pages).hasSize(10).first().isEqualTo(new KeyPage(0, 999, 1000));

        PublishedDimension divided = PublishedDimension.divide(List.of(low, high), pages, 3);

        assertThat(divided.starts()).containsExactly(4_000, 7_000);
        assertThat(divided.filesOf(0)).containsExactly(low);
        assertThat(divided.filesOf(1)).containsExactly(low, high);
        assertThat(read(low, new KeyRange(4_500, 5_499)))
                .hasSize(500)
                .startsWith(4_500)
                .endsWith(4_999);
        assertThat(read(high, new KeyRange(4_500, 5_499)))
                .hasSize(500)
                .startsWith(5_000)
                .endsWith(5_499);
        assertThat(read(low, new KeyRange(0, 9_999))).hasSize(5_000);
    }

    @Test
    void aFileWithoutAKeyOfTheRangeIsNoRun() throws IOException {
        File sparse = write("sparse", 0, 10);

        assertThat(PublishedRun.open(PRODUCTS, sparse, new KeyRange(10, 20), conf))
                .isEmpty();
    }

    @Test
    void aFileThatIsNotInOrderIsAnError() throws IOException {
        org.apache.hadoop.fs.Path path = path("unordered");
        try (ParquetWriter<Row> writer = ParquetRows.writer(StarSchema.PRODUCT_DIM, path, conf)) {
            writer.write(product(2));
            writer.write(product(1));
        }

        assertThatThrownBy(() -> read(new File(path.toString(), 1, 2), new KeyRange(0, 9)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/unordered")
                .hasMessageContaining("version 1 of 1 comes too late")
                .hasMessageContaining("[product_id, version_number]");
    }

    private List<Integer> read(File file, KeyRange range) throws IOException {
        List<Integer> keys = new ArrayList<>();
        Optional<RowRun> opened = PublishedRun.open(PRODUCTS, file, range, conf);
        try (RowRun run = opened.orElseThrow()) {
            do {
                keys.add(run.head().row().require("product_id", Integer.class));
            } while (run.advance());
        }
        return keys;
    }

    private List<KeyPage> pages(File file) throws IOException {
        try (RowGroupFile open =
                RowGroupFile.open(StarSchema.PRODUCT_DIM, new org.apache.hadoop.fs.Path(file.path()), conf)) {
            return open.pages("product_id");
        }
    }

    private File write(String name, int from, int to) throws IOException {
        try (ParquetWriter<Row> writer = ParquetRows.writer(StarSchema.PRODUCT_DIM, path(name), conf)) {
            for (int id = from; id < to; id++) {
                writer.write(product(id));
            }
        }
        return new File(path(name).toString(), from, to - 1);
    }

    private org.apache.hadoop.fs.Path path(String name) {
        return new org.apache.hadoop.fs.Path(directory.resolve(name).toUri());
    }

    private static Row product(int id) {
        return new Row(StarSchema.PRODUCT_DIM)
                .set("product_id", id)
                .set("product_name", "Kettle " + id)
                .set("product_category", "Appliances")
                .set(Dimension.VERSION_NUMBER, 1)
                .set(Dimension.VALID_FROM, LocalDateTime.of(2024, 7, 4, 10, 0))
                .set(Dimension.IS_CURRENT, true)
                .set(Dimension.SEEN_IN, List.of("2024-07-04-10/group1"));
    }
}
