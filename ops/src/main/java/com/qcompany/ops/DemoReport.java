package com.qcompany.ops;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A report over the events as {@code q report} wrote it.
 *
 * @param file the CSV file
 */
record DemoReport(Path file) {

    static final String PAYMENTS = "app_sales_by_payment_method";
    static final String CATEGORIES = "app_popular_categories";
    static final String CUSTOMERS = "app_revenue_by_customer";
    static final String HOURS = "app_sales_by_hour";

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    static DemoReport named(String name, Path directory) {
        return new DemoReport(directory.resolve(name + ".csv"));
    }

    /** A column's numbers by the text of another. */
    SortedMap<String, BigDecimal> numbers(String key, String column) throws IOException {
        return numbers(row -> row.get(key), column);
    }

    /** A column's numbers by event date and hour, {@code uuuu-MM-dd-HH}; hours where it is 0 are left out. */
    SortedMap<String, BigDecimal> numbersByHour(String column) throws IOException {
        SortedMap<String, BigDecimal> numbers = numbers(
                row -> "%s-%02d".formatted(row.get("event_date"), Integer.valueOf(row.get("event_hour"))), column);
        numbers.values().removeIf(number -> number.signum() == 0);
        return numbers;
    }

    private SortedMap<String, BigDecimal> numbers(Function<CSVRecord, String> key, String column) throws IOException {
        SortedMap<String, BigDecimal> numbers = new TreeMap<>();
        try (CSVParser rows = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
            rows.forEach(row -> numbers.put(key.apply(row), new BigDecimal(row.get(column))));
        }
        return numbers;
    }
}
