package com.qcompany.warehouse.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowStorageTest {

    @TempDir
    java.nio.file.Path dir;

    @Property(tries = 100)
    void everyRowSurvivesTheShuffle(@ForAll("rows") Row row) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RowCodec.write(row, new DataOutputStream(bytes));

        Row read = RowCodec.read(row.table(), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(read).isEqualTo(row).hasSameHashCodeAs(row).hasToString(row.toString());
    }

    @Property(tries = 20)
    void everyRowSurvivesParquet(@ForAll("rows") Row row) throws IOException {
        java.nio.file.Path directory = Files.createTempDirectory("rows");
        try {
            assertThat(roundTrip(row.table(), List.of(row, row), directory.resolve("row.parquet")))
                    .containsExactly(row, row);
        } finally {
            FileUtil.fullyDelete(directory.toFile());
        }
    }

    @Test
    void readsAProjectionOfAFile() throws IOException {
        Table fact = StarSchema.SALES_TRANSACTIONS_FACT;
        Path file = write(fact, List.of(sale("trx-1"), sale("trx-2")), dir.resolve("f.parquet"));
        Table key = fact.project(List.of("transaction_id"));

        assertThat(read(key, file))
                .extracting(row -> row.text("transaction_id"))
                .containsExactly("trx-1", "trx-2");
        assertThat(ParquetRows.rowCount(file, new Configuration())).isEqualTo(2);
    }

    @Test
    void refusesANullInARequiredColumn() {
        Row row = sale("trx-1").set("units", null);

        assertThatThrownBy(() -> write(row.table(), List.of(row), dir.resolve("f.parquet")))
                .hasMessageContaining("sales_transactions_fact.units: null (the column is required)");
    }

    @Test
    void refusesToRoundMoney() {
        assertThatThrownBy(() -> sale("trx-1").set("unit_price", new BigDecimal("1.00001")))
                .hasMessage("Cannot store 1.00001 in unit_price (expected decimal(18,4), without rounding)");
    }

    @Provide
    Arbitrary<Row> rows() {
        return Arbitraries.of(StarSchema.TABLES)
                .flatMap(table -> Arbitraries.longs().map(seed -> randomRow(table, new java.util.Random(seed))));
    }

    private static Row randomRow(Table table, java.util.Random random) {
        Row row = new Row(table);
        for (Column column : table.columns()) {
            if (!column.nullable() || random.nextBoolean()) {
                row.set(column.name(), randomValue(column.type(), random));
            }
        }
        return row;
    }

    private static Object randomValue(ColumnType type, java.util.Random random) {
        return switch (type.kind()) {
            case INT -> random.nextInt();
            case BIGINT -> random.nextLong();
            case DECIMAL ->
                new BigDecimal(new BigInteger(type.isWide() ? 120 : 59, random), type.scale())
                        .multiply(random.nextBoolean() ? BigDecimal.ONE : BigDecimal.ONE.negate());
            case BOOLEAN -> random.nextBoolean();
            case TEXT -> randomText(random);
            case DATE -> LocalDate.ofEpochDay(random.nextInt(100_000));
            case TIMESTAMP -> LocalDateTime.of(1969, 12, 31, 23, 0).plusSeconds(random.nextInt());
            case TEXT_LIST -> {
                List<String> texts = new ArrayList<>();
                random.ints(random.nextInt(3)).forEach(i -> texts.add(randomText(random)));
                yield texts;
            }
            case TEXT_MAP -> {
                Map<String, String> texts = new LinkedHashMap<>();
                random.ints(random.nextInt(3)).forEach(i -> texts.put("k" + i, randomText(random)));
                yield texts;
            }
        };
    }

    private static String randomText(java.util.Random random) {
        return random.ints(random.nextInt(8), 0, 0xD800)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Row sale(String id) {
        return new Row(StarSchema.SALES_TRANSACTIONS_FACT)
                .set("transaction_id", id)
                .set("transaction_date", "2024-07-04")
                .set("customer_id", 1)
                .set("product_id", 2)
                .set("units", 3)
                .set("unit_price", new BigDecimal("9.9900"))
                .set("discount_percentage", 0)
                .set("total_paid_price", new BigDecimal("29.9700"))
                .set("is_online", false)
                .set("payment_method", "Cash")
                .set("source_group", "group1")
                .set("source_hour", LocalDateTime.of(2024, 7, 4, 18, 0))
                .set("run_id", "run");
    }

    private static List<Row> roundTrip(Table table, List<Row> rows, java.nio.file.Path file) throws IOException {
        return read(table, write(table, rows, file));
    }

    private static Path write(Table table, List<Row> rows, java.nio.file.Path file) throws IOException {
        Path path = new Path(file.toUri());
        try (ParquetWriter<Row> writer = ParquetRows.writer(table, path, new Configuration())) {
            for (Row row : rows) {
                writer.write(row);
            }
        }
        return path;
    }

    private static List<Row> read(Table table, Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (ParquetReader<Row> reader = ParquetRows.reader(table, file, new Configuration())) {
            for (Row row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
