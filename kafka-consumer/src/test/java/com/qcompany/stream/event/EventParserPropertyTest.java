package com.qcompany.stream.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;

/** Whatever bytes come, they are a row or a rejection, and either can be stored. */
class EventParserPropertyTest {

    private static final List<String> SEEDS = List.of(
            "{\"eventType\": \"purchase\", \"quantity\": 3, \"totalAmount\": 89.97, \"metadata\": {\"source\": \"x\"}}",
            "{\"timestamp\": \"2024-07-04T18:05:11.25+02:00\", \"x\": {\"a\": [1, null, \"é\"]}, \"y\": \"\\ud83d\\ude00\"}",
            "{\"metadata\": {\"category\": \"Books\", \"page\": -1.5e3}, \"z\": [true, {\"\": \"\"}]}");

    private final Configuration conf = new Configuration(false);
    private final EventParser parser = new EventParser(conf);
    private final EventRow row = new EventRow();

    @Property(tries = 30)
    void arbitraryBytesNeverFail(@ForAll @Size(60) List<byte[]> values) throws IOException {
        readAndStore(values);
    }

    @Property(tries = 60)
    void mutatedEventsNeverFail(@ForAll @Size(60) List<@From("mutated") byte[]> values) throws IOException {
        readAndStore(values);
    }

    @Property(tries = 60)
    void valuesAtTheEdgesOfTheirTypesNeverFail(@ForAll @Size(60) List<@From("edges") byte[]> values)
            throws IOException {
        readAndStore(values);
    }

    /** Any field with any value at the edge of some type: exponents, digits, depth, length, surrogates, NUL. */
    @Provide
    Arbitrary<byte[]> edges() {
        List<String> fields = List.of(
                "eventType",
                "customerId",
                "timestamp",
                "quantity",
                "totalAmount",
                "metadata",
                "x",
                "\\ud83d",
                "\\u0000");
        Arbitrary<String> numbers = Combinators.combine(
                        Arbitraries.of("", "-"),
                        Arbitraries.of("0", "1", "100", "2147483648", "9223372036854775808", "9".repeat(999)),
                        Arbitraries.of("", ".5", ".000000000000000000000", "." + "3".repeat(900)),
                        Arbitraries.of("", "E", "e-"),
                        Arbitraries.of("0", "9", "999999999", "2147483647", "2147483648", "99999999999999999999"))
                .as((sign, digits, fraction, e, exponent) ->
                        sign + digits + fraction + (e.isEmpty() ? "" : e + exponent));
        Arbitrary<String> texts = Arbitraries.of(
                "\\ud83d",
                "\\ude00\\ud83d",
                "\\u0000",
                "",
                "\uFFFF",
                "0001-01-01T00:00:00",
                "+999999999-12-31T23:59:59Z",
                "9999-12-31T23:59:59.999999999-18:00",
                "1720116311250",
                "99999999999999999999",
                "x".repeat(300_000));
        Arbitrary<String> nested = Arbitraries.of(1, 500, 998, 1_000, 1_001, 100_000)
                .flatMap(depth -> Arbitraries.of("[", "{\"a\":")
                        .map(open -> open.repeat(depth) + "1" + (open.equals("[") ? "]" : "}").repeat(depth)));
        Arbitrary<String> values = Arbitraries.oneOf(
                numbers, numbers.map(number -> "\"" + number + "\""), texts.map(text -> "\"" + text + "\""), nested);
        return Combinators.combine(Arbitraries.of(fields), values)
                .as((field, value) -> "{\"%s\":%s}".formatted(field, value).getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<byte[]> mutated() {
        Arbitrary<Random> randoms = Arbitraries.longs().map(Random::new);
        return Combinators.combine(Arbitraries.of(SEEDS), Arbitraries.integers().between(1, 6), randoms)
                .as((seed, mutations, random) -> mutate(seed.getBytes(StandardCharsets.UTF_8), mutations, random));
    }

    private static byte[] mutate(byte[] seed, int mutations, Random random) {
        byte[] bytes = seed.clone();
        String structure = "{}[]\":,\\u0n-.eEtdTZ";
        for (int i = 0; i < mutations; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) structure.charAt(random.nextInt(structure.length()));
                case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = random.nextInt(bytes.length - Math.max(at, from));
                    System.arraycopy(bytes, from, bytes, at, length);
                }
            }
        }
        return bytes;
    }

    private void readAndStore(List<byte[]> values) throws IOException {
        java.nio.file.Path directory = Files.createTempDirectory("events");
        Path rows = new Path(directory.resolve("rows").toUri());
        Path rejected = new Path(directory.resolve("rejected").toUri());
        try {
            int refused = 0;
            try (EventFileWriter writer = EventFileWriter.open(rows, conf);
                    ParquetWriter<Row> rejectedWriter =
                            ParquetRows.writer(StarSchema.REJECTED_EVENTS, rejected, conf)) {
                for (byte[] value : values) {
                    ConsumerRecord<byte[], byte[]> record = Records.of(value);
                    Rejection rejection = parser.parse(record, row);
                    if (rejection == null) {
                        writer.write(row.row());
                    } else {
                        rejectedWriter.write(RejectedEvents.row(record, rejection, "epoch"));
                        refused++;
                    }
                }
            }
            assertThat(readable(StarSchema.KAFKA, rows)).isEqualTo(values.size() - refused);
            assertThat(readable(StarSchema.REJECTED_EVENTS, rejected)).isEqualTo(refused);
        } finally {
            try (Stream<java.nio.file.Path> files = Files.walk(directory)) {
                for (java.nio.file.Path file :
                        files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private int readable(Table table, Path file) throws IOException {
        int rows = 0;
        try (ParquetReader<Row> reader = ParquetRows.reader(table, file, conf)) {
            while (reader.read() != null) {
                rows++;
            }
        }
        return rows;
    }
}
