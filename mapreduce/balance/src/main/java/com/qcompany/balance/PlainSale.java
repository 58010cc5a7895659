package com.qcompany.balance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A line of a file of sales, read by the business rules in plain Java: no contract, no configuration.
 *
 * @param id transaction_id, empty where the line has none
 * @param values columns of {@code sales_transactions_fact} as texts; empty where a rule is broken
 * @param fault the broken rule, empty where none is
 */
record PlainSale(String id, SortedMap<String, String> values, String fault) {
    private static final CSVFormat LENIENT = CSVFormat.DEFAULT
            .builder()
            .setTrailingData(true)
            .setLenientEof(true)
            .get();
    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\p{Cf}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u3164\\uFFA0\\uFE00-\\uFE0F&&[^\\u200C\\u200D\\u0600-\\u0605]]");
    private static final Pattern ENDS = Pattern.compile("^[\\s\\p{Z}\\p{Cc}]+|[\\s\\p{Z}\\p{Cc}]+$");
    private static final Pattern NOT_IN_IDS = Pattern.compile("[\\p{Z}\\p{Cf}&&[^ ]]");
    private static final Pattern DATE =
            Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:[T ]+\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{0,60}(?:\\.\\d{0,60})?");
    private static final Pattern ADDRESS = Pattern.compile("(.*)/([^/]*)/([^/]*)/([^/]*)", Pattern.DOTALL);
    private static final LocalDate FIRST_DATE = LocalDate.of(2000, 1, 1);
    private static final BigDecimal MAX_PAID = new BigDecimal("999999999999.999999");
    private static final Map<String, String> ALIASES =
            Map.of("cusomter_lname", "customer_lname", "cusomter_email", "customer_email");
    private static final List<String> REQUIRED = List.of(
            "transaction_id", "customer_fname", "customer_lname", "product_name", "product_category", "payment_method");
    private static final Set<String> NOTHING = Set.of(
            """
            null (null) <null> nil \\n nan nat na <na> #n/a n/a n.a. none unknown undefined error #ref! #value! - --"""
                    .split(" "));

    PlainSale {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    static PlainSale of(String line, List<String> header) {
        List<String> fields = fields(line);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String received = header.get(i).strip().toLowerCase(Locale.ROOT);
            String name = ALIASES.getOrDefault(received, received);
            String field = i < fields.size() ? fields.get(i) : "";
            row.put(name, name.endsWith("_id") ? identity(field) : clean(field));
        }
        String id = identity(row.getOrDefault("transaction_id", ""));
        try {
            if (fields.size() > header.size()
                    && fields.subList(header.size(), fields.size()).stream().anyMatch(text -> !text.isBlank())) {
                throw new IllegalArgumentException("it has %d fields".formatted(fields.size()));
            }
            return new PlainSale(id, values(row), "");
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return new PlainSale(id, new TreeMap<>(), String.valueOf(e.getMessage()));
        }
    }

    /** An id as ids are compared: in lower case, without what cannot be seen. */
    static String identity(String id) {
        return NOT_IN_IDS.matcher(clean(id)).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** A text as texts are compared: without blanks at its ends and what cannot be seen, and no word for nothing. */
    static String clean(String text) {
        String visible = visible(text);
        return NOTHING.contains(visible.toLowerCase(Locale.ROOT)) ? "" : visible;
    }

    private static String visible(String text) {
        String visible = INVISIBLE.matcher(text).replaceAll("");
        String composed = Normalizer.normalize(visible, Normalizer.Form.NFC);
        return ENDS.matcher(composed).replaceAll("");
    }

    /** A number as numbers are compared. */
    static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /** Whether a parser accepts a text. */
    static boolean isCsv(String text) {
        return isCsv(text, CSVFormat.DEFAULT);
    }

    /** Whether one does if a quote is left open at its end. */
    static boolean isOpen(String text) {
        return isCsv(text, CSVFormat.DEFAULT.builder().setLenientEof(true).get());
    }

    private static boolean isCsv(String text, CSVFormat format) {
        try (CSVParser parser = CSVParser.parse(text, format)) {
            return !parser.getRecords().isEmpty();
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private static List<String> fields(String line) {
        try (CSVParser parser = CSVParser.parse(line, LENIENT)) {
            List<CSVRecord> records = parser.getRecords();
            return records.isEmpty() ? List.of() : records.get(0).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read from memory", e);
        }
    }

    private static SortedMap<String, String> values(Map<String, String> row) {
        REQUIRED.forEach(column -> require(!row.getOrDefault(column, "").isEmpty(), column, "nothing"));
        LocalDate date = date(row.getOrDefault("transaction_date", ""));
        int units = whole(row, "units");
        require(units > 0, "units", units);
        BigDecimal price = number(row, "unit_price").setScale(4);
        require(price.signum() > 0, "unit_price", price);
        int offer = offer(row);
        BigDecimal paid = price.multiply(BigDecimal.valueOf((long) units * (100 - 5 * offer)))
                .movePointLeft(2)
                .setScale(6);
        require(paid.compareTo(MAX_PAID) <= 0, "total_paid_price", paid);
        boolean online = truth(row, "is_online", "yes", "no");
        List<String> address = address(row.getOrDefault("shipping_address", ""));
        String agent = wholeOrNothing(row, "sales_agent_id");
        String branch = wholeOrNothing(row, "branch_id");
        require(
                online == (!address.get(0).isEmpty() && agent.isEmpty() && branch.isEmpty()),
                "is_online",
                "%s with address \"%s\", agent %s, branch %s".formatted(online, address, agent, branch));
        SortedMap<String, String> values = new TreeMap<>();
        values.put("transaction_date", date.toString());
        values.put("customer_id", Integer.toString(whole(row, "customer_id")));
        values.put("sales_agent_id", agent);
        values.put("branch_id", branch);
        values.put("product_id", Integer.toString(whole(row, "product_id")));
        values.put("units", Integer.toString(units));
        values.put("unit_price", plain(price));
        values.put("offer", offer == 0 ? "" : Integer.toString(offer));
        values.put("discount_percentage", Integer.toString(5 * offer));
        values.put("total_paid_price", plain(paid));
        values.put("is_online", Boolean.toString(online));
        values.put("payment_method", row.getOrDefault("payment_method", ""));
        values.put("shipping_address", String.join("", address).isEmpty() ? "" : String.join("/", address));
        return values;
    }

    private static LocalDate date(String text) {
        Matcher matcher = DATE.matcher(text);
        require(matcher.matches(), "transaction_date", text);
        LocalDate date = LocalDate.of(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
        LocalDate last = LocalDate.now(ZoneOffset.UTC).plusDays(1);
        require(!date.isBefore(FIRST_DATE) && !date.isAfter(last), "transaction_date", date);
        return date;
    }

    private static int offer(Map<String, String> row) {
        int redeemed = 0;
        for (int offer = 1; offer <= 5; offer++) {
            if (truth(row, "offer_" + offer, "1.0", "0.0")) {
                require(redeemed == 0, "offer_" + offer, "a second offer");
                redeemed = offer;
            }
        }
        return redeemed;
    }

    private static boolean truth(Map<String, String> row, String column, String yes, String no) {
        String text = row.getOrDefault(column, "").toLowerCase(Locale.ROOT);
        boolean isTrue = List.of("true", "1", yes).contains(text);
        boolean optional = column.startsWith("offer_");
        require(isTrue || List.of("false", "0", no).contains(text) || optional && text.isEmpty(), column, text);
        return isTrue;
    }

    private static String wholeOrNothing(Map<String, String> row, String column) {
        return row.getOrDefault(column, "").isEmpty() ? "" : Integer.toString(whole(row, column));
    }

    private static int whole(Map<String, String> row, String column) {
        return number(row, column).intValueExact();
    }

    private static BigDecimal number(Map<String, String> row, String column) {
        String text = row.getOrDefault(column, "");
        require(!text.isEmpty() && NUMBER.matcher(text).matches(), column, text);
        return new BigDecimal(text);
    }

    /** Street, city, state and postal code, each of which may be empty; no word in one stands for nothing. */
    private static List<String> address(String text) {
        Matcher parts = ADDRESS.matcher(text.isEmpty() ? "///" : text);
        require(parts.matches(), "shipping_address", text);
        return IntStream.rangeClosed(1, 4)
                .mapToObj(part -> visible(parts.group(part)))
                .toList();
    }

    private static void require(boolean holds, String column, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("%s is %s".formatted(column, value));
        }
    }
}
