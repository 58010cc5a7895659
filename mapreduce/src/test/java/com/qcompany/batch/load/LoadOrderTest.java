package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.generator.GroupGenerator;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any order, split or repetition of groups gives one warehouse, where a repeat comes after its original. */
class LoadOrderTest {

    private static final int GROUPS = 4;

    /** What depends on the load that brought a row first, not on the data. */
    private static final List<String> ARRIVAL =
            List.of("run_id", "source_group", "source_hour", "added_in", "group_sequence", "seen_in");

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void givesOneWarehouse(long seed) throws Exception {
        LocalWarehouse atOnce = filled("at-once", seed);
        assertThat(atOnce.load()).isZero();

        LocalWarehouse inPieces = filled("in-pieces", seed);
        Random random = new Random(seed);
        List<Integer> order = new ArrayList<>(List.of(1, 2, 4, 5));
        Collections.shuffle(order, random);
        int first = 1 + random.nextInt(3);
        if (order.indexOf(5) < first && order.indexOf(2) >= first) {
            // What repeats a sale is told from what brings it by which of them is loaded first.
            Collections.swap(order, order.indexOf(5), order.indexOf(2));
        }
        assertThat(inPieces.load(options(order.subList(0, first)))).isZero();
        assertThat(inPieces.load(options(order.subList(first, order.size())))).isZero();

        assertThat(contents(inPieces)).isEqualTo(contents(atOnce));
    }

    /** Four groups; the third repeats the first, and a fifth repeats the second with one more agent. */
    private LocalWarehouse filled(String name, long seed) throws Exception {
        LocalWarehouse warehouse = new LocalWarehouse(Files.createDirectories(dir.resolve(name)));
        GroupGenerator.of(seed, 60).write(warehouse.landing(), 1, GROUPS);
        Path repeated = Files.createDirectories(warehouse.landing().resolve("group5"));
        try (Stream<Path> files = Files.list(warehouse.landing().resolve("group2"))) {
            for (Path file : files.toList()) {
                Path copy = repeated.resolve(file.getFileName().toString());
                Files.copy(file, copy);
                if (file.getFileName().toString().contains("agents")) {
                    Files.writeString(copy, "99,Late Agent,2024-1-9\r\n", StandardOpenOption.APPEND);
                }
            }
        }
        for (int hour = 0; hour <= GROUPS; hour++) {
            warehouse.ingest("2024-07-04-0" + hour);
        }
        return warehouse;
    }

    private static String[] options(List<Integer> groups) {
        return groups.stream()
                .flatMap(group -> Stream.of("--group", "group" + group))
                .toArray(String[]::new);
    }

    private static Map<String, List<String>> contents(LocalWarehouse warehouse) throws IOException {
        List<Table> tables = new ArrayList<>(StarSchema.DIMENSIONS);
        tables.add(StarSchema.SALES_TRANSACTIONS_FACT);
        tables.add(StarSchema.TRANSACTION_KEYS);
        tables.add(StarSchema.REJECTED_ROWS);
        Map<String, List<String>> contents = new TreeMap<>();
        for (Table table : tables) {
            List<String> kept = table.columns().stream()
                    .map(column -> column.name())
                    .filter(column -> !ARRIVAL.contains(column))
                    .toList();
            contents.put(
                    table.name(),
                    warehouse.rows(table).stream()
                            .map(row -> values(row, kept))
                            .sorted()
                            .toList());
        }
        return contents;
    }

    private static String values(Row row, List<String> columns) {
        return columns.stream()
                .map(column -> column + "=" + row.get(column))
                .toList()
                .toString();
    }
}
