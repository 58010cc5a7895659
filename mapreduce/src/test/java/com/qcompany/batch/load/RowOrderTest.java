package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.parquet.PackedInput;
import com.qcompany.warehouse.parquet.PackedOutput;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Rows in blocks come out of the merge as if all of them had been sorted at once. */
class RowOrderTest {

    private static final int SALES = LoadTables.ordinal(StarSchema.SALES_TRANSACTIONS_FACT);
    private static final BlockFormat FORMAT = LoadTables.blockFormat(SALES);
    private static final long ALL_IN_MEMORY = Long.MAX_VALUE;

    @Property(tries = 200)
    void blocksMergeIntoTheOrderOfIdFileAndOffset(
            @ForAll("sales") List<PlacedRow> sales, @ForAll @IntRange(min = 1, max = 20) int blockSize)
            throws IOException, InterruptedException {
        List<PlacedRow> sorted = sorted(sales);

        assertThat(merged(sales, blockSize, ALL_IN_MEMORY)).isEqualTo(sorted);
        assertThat(merged(sales, blockSize, 300)).isEqualTo(sorted);
    }

    @Test
    void runsOnDiskOfManyBlocksMergeAndLeaveNoFile() throws IOException, InterruptedException {
        List<PlacedRow> sales = Stream.iterate(0, i -> (i + 7919) % 10_000)
                .limit(10_000)
                .map(i -> sale("trx-%05d".formatted(i), 0, i))
                .toList();
        long before = runFiles();

        assertThat(merged(sales, 50, 256 << 10)).isEqualTo(sorted(sales));
        assertThat(runFiles()).isEqualTo(before);
    }

    @Test
    void idsOrderAsTheirUtf8BytesDo() throws IOException, InterruptedException {
        List<PlacedRow> sales =
                List.of(sale("\uD83D\uDE00", 0, 1), sale("\uFFFD", 0, 2), sale("é", 0, 3), sale("z", 0, 4));

        assertThat(merged(sales, 1, ALL_IN_MEMORY))
                .extracting(sale -> sale.place().key())
                .containsExactly("z", "é", "\uFFFD", "😀");
    }

    @Test
    void numbersOrderAsNumbersAndPublishedVersionsComeBeforeLines() {
        List<RowPlace> ordered = List.of(
                RowPlace.of(-3, 0, 1),
                RowPlace.ofPublished(9, 1),
                RowPlace.ofPublished(9, 2),
                RowPlace.of(9, 0, 1),
                RowPlace.of(9, 1, 0),
                RowPlace.of(10, 0, 0));

        assertThat(ordered.stream().sorted(Comparator.reverseOrder()).sorted()).containsExactlyElementsOf(ordered);
        assertThat(ordered).filteredOn(RowPlace::isPublished).hasSize(2);
    }

    @Test
    void everySaleIsSentOnceUnderItsDateWhateverTheBlocksAre() throws IOException, InterruptedException {
        Map<String, List<PlacedRow>> sent = new HashMap<>();
        RowBlocks blocks = new RowBlocks(
                (table, date, block) -> {
                    List<PlacedRow> sales = read(packed(block));
                    assertThat(sales).isEqualTo(sorted(sales));
                    sent.computeIfAbsent(date, any -> new ArrayList<>()).addAll(sales);
                },
                64 << 10);
        Map<String, List<PlacedRow>> expected = new HashMap<>();

        for (int i = 0; i < 20_000; i++) {
            String date = i % 3 == 0 ? "2024-07-%02d".formatted(1 + i % 31) : "2024-08-01";
            PlacedRow sale = sale("trx-" + i * 7919 % 20_000, 0, i);
            blocks.add(SALES, date, sale);
            expected.computeIfAbsent(date, any -> new ArrayList<>()).add(sale);
        }
        blocks.flush();

        assertThat(sent.keySet()).isEqualTo(expected.keySet());
        expected.forEach((date, sales) -> assertThat(sorted(sent.get(date))).isEqualTo(sorted(sales)));
    }

    @Provide
    Arbitrary<List<PlacedRow>> sales() {
        Arbitrary<String> ids =
                Arbitraries.strings().withChars("ab\u00e9").ofMinLength(1).ofMaxLength(3);
        return Combinators.combine(
                        ids,
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(RowOrderTest::sale)
                .list()
                .uniqueElements(
                        sale -> List.of(sale.place().file(), sale.place().offset()))
                .ofMaxSize(60);
    }

    private static List<PlacedRow> merged(List<PlacedRow> sales, int blockSize, long mostBytes)
            throws IOException, InterruptedException {
        List<PlacedRow> taken = new ArrayList<>();
        try (RowMerge merge = new RowMerge(FORMAT, mostBytes)) {
            for (int i = 0; i < sales.size(); i += blockSize) {
                RowBlocks blocks = new RowBlocks((table, date, block) -> merge.add(packed(block)));
                for (PlacedRow sale : sales.subList(i, Math.min(i + blockSize, sales.size()))) {
                    blocks.add(SALES, "2024-07-01", sale);
                }
                blocks.flush();
            }
            for (PlacedRow sale = merge.next(); sale != null; sale = merge.next()) {
                taken.add(sale);
            }
        }
        return taken;
    }

    private static List<PlacedRow> sorted(List<PlacedRow> sales) {
        return sales.stream().sorted(Comparator.comparing(PlacedRow::place)).toList();
    }

    private static List<PlacedRow> read(PackedInput block) {
        List<PlacedRow> sales = new ArrayList<>();
        while (block.hasMore()) {
            sales.add(FORMAT.read(block));
        }
        return sales;
    }

    private static PackedInput packed(RowBlock block) throws IOException {
        PackedOutput out = new PackedOutput();
        block.writeTo(out);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        out.writeTo(new DataOutputStream(bytes));
        return PackedInput.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    private static long runFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().matches("rows.*\\.run"))
                    .count();
        }
    }

    private static PlacedRow sale(String id, int file, long offset) {
        return new PlacedRow(RowPlace.of(id, file, offset), offset * 31, SaleRows.row(id));
    }
}
