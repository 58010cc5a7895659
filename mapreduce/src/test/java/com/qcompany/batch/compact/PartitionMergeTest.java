package com.qcompany.batch.compact;

import static com.qcompany.batch.publish.TestWarehouse.FACT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.compact.CompactionPlan.PartitionFiles;
import com.qcompany.batch.compact.CompactionPlan.SourceFile;
import com.qcompany.batch.publish.TestWarehouse;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionMergeTest {

    private static final MergePasses TWO_AT_ONCE = new MergePasses(0);
    private static final MergePasses ALL_AT_ONCE = new MergePasses(Long.MAX_VALUE);

    @TempDir
    Path temp;

    private TestWarehouse warehouse;

    @BeforeEach
    void openWarehouse() throws IOException {
        warehouse = new TestWarehouse(temp);
    }

    @Test
    void mergesInSeveralPassesWhereMemoryIsShort() throws IOException {
        List<SourceFile> files = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            files.add(file("part" + i, "a" + i, "b" + i));
        }

        long rows = merge(TWO_AT_ONCE, files);

        List<String> expected = IntStream.range(0, 14)
                .mapToObj(i -> (i < 7 ? "a" : "b") + i % 7)
                .toList();
        assertThat(rows).isEqualTo(14);
        assertThat(warehouse.ids(target())).isEqualTo(expected);
        assertThat(temp.resolve("merged").toFile().list()).containsExactly("merged.parquet");
    }

    @Test
    void mergesNoFilesIntoAnEmptyOne() throws IOException {
        assertThat(merge(ALL_AT_ONCE, List.of(file("empty")))).isZero();
        assertThat(warehouse.ids(target())).isEmpty();
    }

    @Test
    void ordersIdsAsTheirUtf8BytesCompare() throws IOException {
        String last = new String(Character.toChars(0x1F600));

        merge(ALL_AT_ONCE, List.of(file("one", "a", last), file("two", "\uFFFD")));

        assertThat(warehouse.ids(target())).containsExactly("a", "\uFFFD", last);
    }

    @Test
    void namesBothFilesOfAnIdThatComesTwice() throws IOException {
        List<SourceFile> files = List.of(file("one", "a", "b"), file("two", "b", "c"));

        assertThatThrownBy(() -> merge(ALL_AT_ONCE, files))
                .hasMessageContaining("[transaction_id] b is in")
                .hasMessageContaining("/one")
                .hasMessageContaining("/two");
    }

    @Test
    void namesAFileThatIsNotSorted() throws IOException {
        List<SourceFile> files = List.of(file("one", "b", "a"), file("two", "c"));

        assertThatThrownBy(() -> merge(ALL_AT_ONCE, files))
                .hasMessageMatching(
                        "Cannot merge .*/one: a comes after b \\(files are sorted by \\[transaction_id]\\)");
    }

    @Test
    void opensNoMoreFilesThanMemoryHolds() {
        MergePasses passes = new MergePasses(3 * (MergePasses.OPEN_COST_BYTES + 1000));
        List<SourceFile> files = List.of(
                new SourceFile("large", 5_000_000),
                new SourceFile("a", 1000),
                new SourceFile("b", 1000),
                new SourceFile("c", 1000),
                new SourceFile("d", 1000));

        assertThat(passes.next(files)).extracting(SourceFile::path).containsExactly("a", "b", "c");
        assertThat(passes.next(files.subList(0, 1))).hasSize(1);
        assertThat(new MergePasses(0).next(files)).hasSize(2);
    }

    @Test
    void copiesALargeRunAsItIsAndMergesTheOthersBehindIt() throws IOException {
        SourceFile large = file("large", ids("b", 500));
        byte[] chunk = firstColumnChunk(large.path());

        PartitionMerge.Result result =
                run(ALL_AT_ONCE, FACT, List.of(file("one", "a1", "c1"), large, file("two", "a2")), target());

        assertThat(result).isEqualTo(new PartitionMerge.Result(3, 500));
        assertThat(firstColumnChunk(target().toString())).isEqualTo(chunk);
        assertThat(warehouse.ids(target()))
                .startsWith("b0000", "b0001")
                .hasSize(503)
                .endsWith("a1", "a2", "c1");
        assertThat(blocks(target().toString())).hasSize(2);
        assertThat(blocks(target().toString()))
                .allSatisfy(block -> assertThat(block.getColumns()).allSatisfy(column -> {
                    assertThat(column.getColumnIndexReference()).isNotNull();
                    assertThat(column.getOffsetIndexReference()).isNotNull();
                }));
    }

    @Test
    void writesARowAgainNowAndThenHoweverOftenFewAreAdded() throws IOException {
        int rounds = 100;
        SourceFile partition = file("base", ids("base", 2_000));
        long merged = 0;
        for (int round = 0; round < rounds; round++) {
            List<SourceFile> files = new ArrayList<>(List.of(partition));
            for (int load = 0; load < 4; load++) {
                files.add(file("round%d-%d".formatted(round, load), ids("r%03d-%d-".formatted(round, load), 10)));
            }
            org.apache.hadoop.fs.Path next = target().suffix("." + round);
            merged += run(ALL_AT_ONCE, FACT, files, next).merged();
            partition = source(next);
        }

        assertThat(warehouse.ids(new org.apache.hadoop.fs.Path(partition.path())))
                .hasSize(2_000 + rounds * 40)
                .doesNotHaveDuplicates();
        assertThat(blocks(partition.path())).hasSizeLessThanOrEqualTo(8);
        // All rows of every round would be 400,000.
        assertThat(merged).isLessThan(30_000);
    }

    @Test
    void keysStayInOrderThroughout() throws IOException {
        List<SourceFile> files = List.of(keys("large", ids("b", 500)), keys("small", "a", "c"));

        PartitionMerge.Result result = run(ALL_AT_ONCE, StarSchema.TRANSACTION_KEYS, files, target());

        assertThat(result).isEqualTo(new PartitionMerge.Result(502, 0));
        assertThat(warehouse.ids(target())).startsWith("a", "b0000").endsWith("b0499", "c");
    }

    @Test
    void rowsOfAFileThatLacksAColumnAreMergedWithNulls() throws IOException {
        Table older = FACT.project(FACT.columns().stream()
                .map(Column::name)
                .filter(column -> !column.equals("extras"))
                .toList());
        org.apache.hadoop.fs.Path path =
                new org.apache.hadoop.fs.Path(temp.resolve("source/older").toUri());
        List<Row> rows = TestWarehouse.sales(ids("b", 500)).stream()
                .map(sale -> projected(sale, older))
                .toList();
        warehouse.write(older, path, rows);

        PartitionMerge.Result result = run(ALL_AT_ONCE, FACT, List.of(source(path), file("new", "a")), target());

        assertThat(result).isEqualTo(new PartitionMerge.Result(501, 0));
        assertThat(warehouse.ids(target())).hasSize(501).startsWith("a", "b0000");
    }

    private static Row projected(Row row, Table table) {
        Row projected = new Row(table);
        table.columns().forEach(column -> projected.set(column.name(), row.get(column.name())));
        return projected;
    }

    private static String[] ids(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> prefix + "%04d".formatted(i))
                .toArray(String[]::new);
    }

    private List<BlockMetaData> blocks(String path) throws IOException {
        try (ParquetFileReader reader =
                ParquetFileReader.open(HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(path), warehouse.conf))) {
            return reader.getRowGroups();
        }
    }

    private byte[] firstColumnChunk(String path) throws IOException {
        ColumnChunkMetaData chunk = blocks(path).get(0).getColumns().get(0);
        byte[] bytes = new byte[(int) chunk.getTotalSize()];
        try (FSDataInputStream in = warehouse.fs().open(new org.apache.hadoop.fs.Path(path))) {
            in.readFully(chunk.getStartingPos(), bytes);
        }
        return bytes;
    }

    private long merge(MergePasses passes, List<SourceFile> files) throws IOException {
        return run(passes, FACT, files, target()).merged();
    }

    private PartitionMerge.Result run(
            MergePasses passes, Table table, List<SourceFile> files, org.apache.hadoop.fs.Path target)
            throws IOException {
        return new PartitionMerge(passes, warehouse.conf, () -> {})
                .merge(new PartitionFiles(table.name(), List.of("2024-01-01"), files), target);
    }

    private org.apache.hadoop.fs.Path target() {
        return new org.apache.hadoop.fs.Path(
                temp.resolve("merged/merged.parquet").toUri());
    }

    private SourceFile file(String name, String... ids) throws IOException {
        org.apache.hadoop.fs.Path path =
                new org.apache.hadoop.fs.Path(temp.resolve("source/" + name).toUri());
        warehouse.write(FACT, path, TestWarehouse.sales(ids));
        return source(path);
    }

    private SourceFile keys(String name, String... ids) throws IOException {
        org.apache.hadoop.fs.Path path =
                new org.apache.hadoop.fs.Path(temp.resolve("source/" + name).toUri());
        List<Row> rows = Arrays.stream(ids)
                .map(id -> new Row(StarSchema.TRANSACTION_KEYS)
                        .set("transaction_date", "2024-01-01")
                        .set("transaction_id", id)
                        .set("content_digest", (long) id.hashCode()))
                .toList();
        warehouse.write(StarSchema.TRANSACTION_KEYS, path, rows);
        return source(path);
    }

    private SourceFile source(org.apache.hadoop.fs.Path path) throws IOException {
        return new SourceFile(
                path.toString(), warehouse.fs().getFileStatus(path).getLen());
    }
}
