package com.qcompany.batch.compact;

import static com.qcompany.batch.publish.TestWarehouse.FACT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.compact.CompactionPlan.PartitionFiles;
import com.qcompany.batch.compact.CompactionPlan.SourceFile;
import com.qcompany.batch.publish.TestWarehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

    private long merge(MergePasses passes, List<SourceFile> files) throws IOException {
        return new PartitionMerge(passes, warehouse.conf, () -> {})
                .merge(new PartitionFiles(FACT.name(), List.of("2024-01-01"), files), target());
    }

    private org.apache.hadoop.fs.Path target() {
        return new org.apache.hadoop.fs.Path(
                temp.resolve("merged/merged.parquet").toUri());
    }

    private SourceFile file(String name, String... ids) throws IOException {
        org.apache.hadoop.fs.Path path =
                new org.apache.hadoop.fs.Path(temp.resolve("source/" + name).toUri());
        warehouse.write(FACT, path, TestWarehouse.sales(ids));
        return new SourceFile(
                path.toString(), warehouse.fs().getFileStatus(path).getLen());
    }
}
