package com.qcompany.generator.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.event.EventFileWriter;
import com.qcompany.stream.event.EventParser;
import com.qcompany.stream.event.EventRow;
import com.qcompany.stream.event.Rejection;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.parquet.hadoop.ParquetReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the reading side makes of generated records, against the answers that were computed while generating. */
class GeneratedEventsTest {

    private static final int COUNT = 30_000;

    @TempDir
    private java.nio.file.Path directory;

    private final Configuration conf = new Configuration(false);
    private final AnswerTally tally = new AnswerTally();

    @Test
    void whatIsReadIsWhatTheAnswersSay() throws IOException {
        EventGenerator generator =
                new EventGenerator(11, COUNT, EventHour.parse("2024-07-04-00"), 6, 3, new Shares(0.05, 0.05, 0.1));
        Path file = new Path(directory.resolve("events.parquet").toUri());
        SortedMap<String, Long> rejectedByCode = new TreeMap<>();
        long timeFromRecord = consume(generator, file, rejectedByCode);
        ExpectedAnswers answers = tally.answers();

        SortedMap<String, Long> rowsByHour = new TreeMap<>();
        SortedMap<String, Long> rowsByEventType = new TreeMap<>();
        SortedMap<String, Long> rowsByCategory = new TreeMap<>();
        SortedMap<String, BigDecimal> revenueByPaymentMethod = new TreeMap<>();
        SortedMap<String, BigDecimal> revenueByCustomer = new TreeMap<>();
        SortedMap<String, BigDecimal> revenueByHour = new TreeMap<>();
        try (ParquetReader<Row> reader = ParquetRows.reader(StarSchema.KAFKA, file, conf)) {
            for (Row row = reader.read(); row != null; row = reader.read()) {
                String hour = hour(row.require("timestamp", LocalDateTime.class));
                rowsByHour.merge(hour, 1L, Long::sum);
                rowsByEventType.merge(row.text("eventtype"), 1L, Long::sum);
                rowsByCategory.merge(
                        Optional.ofNullable((String) row.get("category")).orElse(ExpectedAnswers.NONE), 1L, Long::sum);
                if (row.get("totalamount") instanceof BigDecimal amount) {
                    revenueByPaymentMethod.merge(row.text("paymentmethod"), amount, BigDecimal::add);
                    revenueByCustomer.merge(row.text("customerid"), amount, BigDecimal::add);
                    revenueByHour.merge(hour, amount, BigDecimal::add);
                }
            }
        }

        assertThat(rowsByHour).isEqualTo(answers.rowsByHour());
        assertThat(rowsByEventType).isEqualTo(answers.rowsByEventType());
        assertThat(rowsByCategory).isEqualTo(answers.rowsByCategory());
        assertThat(rejectedByCode).isEqualTo(answers.rejectedByCode());
        assertThat(timeFromRecord).isEqualTo(answers.timeFromRecord()).isPositive();
        assertSameMoney(revenueByPaymentMethod, answers.revenueByPaymentMethod());
        assertSameMoney(revenueByCustomer, answers.revenueByCustomer());
        assertSameMoney(revenueByHour, answers.revenueByHour());
        assertThat(answers.records())
                .isEqualTo(COUNT)
                .isEqualTo(answers.rows() + answers.rejected() + answers.tombstones());
        assertThat(answers.late()).isPositive();
        assertThat(answers.revenue())
                .isEqualByComparingTo(revenueByHour.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private long consume(EventGenerator generator, Path file, SortedMap<String, Long> rejectedByCode)
            throws IOException {
        EventParser parser = new EventParser(conf);
        EventRow row = new EventRow();
        long timeFromRecord = 0;
        try (EventFileWriter writer = EventFileWriter.open(file, conf)) {
            for (long number = 0; number < COUNT; number++) {
                GeneratedRecord generated = generator.record(number);
                tally.add(generated.fate());
                if (generated.value() == null) {
                    assertThat(generated.fate()).isEqualTo(new Fate.Tombstone());
                    continue;
                }
                Rejection rejection = parser.parse(received(generated, number), row);
                if (rejection == null) {
                    writer.write(row.row());
                    assertThat(generated.fate()).isInstanceOf(Fate.Row.class);
                    assertThat(new EventHour(row.hourNumber())).hasToString(((Fate.Row) generated.fate()).hour());
                    timeFromRecord += row.timeFromRecord() ? 1 : 0;
                } else {
                    assertThat(generated.fate())
                            .isEqualTo(new Fate.Rejected(rejection.code().text()));
                    rejectedByCode.merge(rejection.code().text(), 1L, Long::sum);
                }
            }
        }
        return timeFromRecord;
    }

    private static ConsumerRecord<byte[], byte[]> received(GeneratedRecord generated, long offset) {
        return new ConsumerRecord<>(
                "app-logs",
                generated.partition(),
                offset,
                generated.millis(),
                TimestampType.CREATE_TIME,
                generated.key().length,
                generated.value().length,
                generated.key(),
                generated.value(),
                new RecordHeaders(),
                Optional.empty());
    }

    private static String hour(LocalDateTime time) {
        return new EventHour(ChronoUnit.HOURS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time)).toString();
    }

    private static void assertSameMoney(SortedMap<String, BigDecimal> actual, SortedMap<String, BigDecimal> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        actual.forEach((key, amount) -> assertThat(amount).isEqualByComparingTo(expected.get(key)));
    }
}
