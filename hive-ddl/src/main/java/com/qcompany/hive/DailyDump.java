package com.qcompany.hive;

import com.qcompany.hive.ResultTable.Column;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The B2B files: {@code agent_product_units_uuuu-MM-dd.csv}, one a day, with columns
 * {@code sales_agent_name,product_name,total_sold_units} and rows by agent and product id, which are not written.
 *
 * <p>A day without sales by agents is a header. Beside each lies {@code .sha256} as {@code sha256sum} writes it, renamed
 * into place after the file, so that whoever waits for it finds the file whole. The same sales give the same bytes; other
 * ones a version of their own, {@code …-v2.csv}, with {@code …-v2.changes.csv} where the version before can be read, and no issued file ever changes.
 *
 * @param receipts where {@code NAME.receipt} is written after each file: where it lies, its rows, bytes and digest
 */
record DailyDump(OutputDirectory directory, Optional<OutputDirectory> receipts) {

    private static final HqlScript ROWS = HqlScript.ofResource("dump/agent_product_units.hql");
    private static final List<Column> COLUMNS = List.of(
            new Column("sales_agent_name", false),
            new Column("product_name", false),
            new Column("total_sold_units", true));
    /** None of them is defused again: names are as in the files. */
    private static final List<Column> CHANGES = List.of(
            new Column("sales_agent_name", true),
            new Column("product_name", true),
            new Column("units_before", true),
            new Column("units_now", true));

    private static final String RECEIPT = ".receipt";
    private static final Pattern DIGEST = Pattern.compile("\\b[0-9a-f]{64}\\b");
    /** Columns of the query: the day, agent id, product id, and then those of the file. */
    private static final int FIRST_WRITTEN = 3;

    /** Rows of every day in a range, the days that have some. */
    static Map<LocalDate, ResultTable> rows(HiveSession session, String database, DateRange dates) throws IOException {
        ResultTable all = session.query(ROWS.onlyStatement(dates.addTo(HqlParameters.ofDatabase(database))));
        return all.rows().stream()
                .collect(Collectors.groupingBy(
                        row -> LocalDate.parse(row.get(0)),
                        Collectors.collectingAndThen(
                                Collectors.mapping(row -> row.subList(FIRST_WRITTEN, row.size()), Collectors.toList()),
                                rows -> new ResultTable(COLUMNS, rows))));
    }

    static ResultTable empty() {
        return new ResultTable(COLUMNS, List.of());
    }

    /**
     * Issues a day's file and its digest; returns the file. Where another one was issued before, the new one is a version
     * beside it, with a file of what changed if that one still lies there; where the same was, nothing is written but a receipt.
     */
    String issue(LocalDate day, ResultTable table) throws IOException {
        byte[] csv = CsvText.PLAIN.bytes(table);
        String digest = DigestUtils.sha256Hex(csv);
        int version = 1;
        String last = "";
        while (issuedDigest(name(day, version)).isPresent()) {
            last = name(day, version++);
        }
        boolean same = issuedDigest(last).equals(Optional.of(digest));
        String name = same ? last : name(day, version);
        if (!same) {
            directory.write(name, csv);
            Optional<byte[]> before = last.isEmpty() ? Optional.empty() : directory.read(last);
            if (before.isPresent()) {
                byte[] changes = CsvText.PLAIN.bytes(changes(before.get(), csv));
                directory.write(name.replace(".csv", ".changes.csv"), changes);
            } else if (!last.isEmpty()) {
                System.out.printf("%s: no file of what changed, since %s is not there any more%n", name, last);
            }
            write(directory, name + ".sha256", "%s  %s\n".formatted(digest, name));
        }
        if (receipts.isPresent() && receipts.get().read(name + RECEIPT).isEmpty()) {
            write(
                    receipts.get(),
                    name + RECEIPT,
                    "%srows: %d\nbytes: %d\nsha256: %s\n"
                            .formatted(placeLine(name), table.rows().size(), csv.length, digest));
        }
        return directory.place(name);
    }

    /** The first line of a file's receipt, whatever directory a later run is called in. */
    private String placeLine(String name) {
        return "file: %s\n".formatted(OutputDirectory.absolute(directory.place(name)));
    }

    /** Whether a day's file was issued, in any version. */
    boolean isIssued(LocalDate day) throws IOException {
        return issuedDigest(name(day, 1)).isPresent();
    }

    /** The digest of an issued file, by the file beside it, or by its receipt where its receiver took both away. */
    private Optional<String> issuedDigest(String name) throws IOException {
        Optional<byte[]> known = directory.read(name + ".sha256");
        if (known.isEmpty() && receipts.isPresent()) {
            known = receipts.get().read(name + RECEIPT);
            if (known.isPresent() && !new String(known.get(), StandardCharsets.UTF_8).startsWith(placeLine(name))) {
                throw new UsageException(
                        "Cannot tell what was issued to %s: receipt %s is of a file elsewhere (give each --out a directory of --receipts of its own)"
                                .formatted(directory.place(""), receipts.get().place(name + RECEIPT)));
            }
        }
        return known.map(text -> DIGEST.matcher(new String(text, StandardCharsets.UTF_8)))
                .filter(Matcher::find)
                .map(Matcher::group);
    }

    private static String name(LocalDate day, int version) {
        return "agent_product_units_%s%s.csv".formatted(day, version == 1 ? "" : "-v" + version);
    }

    /** Rows of two versions of a file that differ: units before and now of an agent and product, empty where one has none. */
    private static ResultTable changes(byte[] before, byte[] now) throws IOException {
        Map<List<String>, List<String>> old = units(before);
        Map<List<String>, List<String>> changed = units(now);
        Set<List<String>> pairs = new LinkedHashSet<>(old.keySet());
        pairs.addAll(changed.keySet());
        List<List<String>> rows = new ArrayList<>();
        for (List<String> pair : pairs) {
            String first = String.join("+", old.getOrDefault(pair, List.of()));
            String second = String.join("+", changed.getOrDefault(pair, List.of()));
            if (!first.equals(second)) {
                rows.add(List.of(pair.get(0), pair.get(1), first, second));
            }
        }
        return new ResultTable(CHANGES, rows);
    }

    /** Units by the names of agent and product; several where two agents or products have one name. */
    private static Map<List<String>, List<String>> units(byte[] csv) throws IOException {
        Map<List<String>, List<String>> units = new LinkedHashMap<>();
        String text = new String(csv, StandardCharsets.UTF_8);
        try (CSVParser rows = CSVParser.parse(
                text,
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get())) {
            for (CSVRecord row : rows) {
                units.computeIfAbsent(List.of(row.get(0), row.get(1)), any -> new ArrayList<>())
                        .add(row.get(2));
            }
        }
        return units;
    }

    private static void write(OutputDirectory directory, String name, String text) throws IOException {
        directory.write(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
