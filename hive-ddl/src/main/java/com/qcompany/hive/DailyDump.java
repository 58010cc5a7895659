package com.qcompany.hive;

import com.qcompany.hive.ResultTable.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The B2B files: {@code agent_product_units_uuuu-MM-dd.csv}, one a day, with columns
 * {@code sales_agent_name,product_name,total_sold_units} and rows by agent and product id, which are not written.
 *
 * <p>A day without sales by agents is a header. Beside each lies {@code .sha256} as {@code sha256sum} writes it, renamed
 * into place after the file, so that whoever waits for it finds the file whole. Written anew, the same sales give the
 * same bytes.
 */
final class DailyDump {

    private static final HqlScript ROWS = HqlScript.ofResource("dump/agent_product_units.hql");
    private static final List<Column> COLUMNS = List.of(
            new Column("sales_agent_name", false),
            new Column("product_name", false),
            new Column("total_sold_units", true));
    /** Columns of the query: the day, agent id, product id, and then those of the file. */
    private static final int FIRST_WRITTEN = 3;

    private final OutputDirectory directory;
    private final Optional<OutputDirectory> receipts;

    /**
     * Files for a directory.
     *
     * @param receipts where {@code NAME.receipt} is written after each file: where it lies, its rows, bytes and digest
     */
    DailyDump(OutputDirectory directory, Optional<OutputDirectory> receipts) {
        this.directory = directory;
        this.receipts = receipts;
    }

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

    /** The table of a day without rows. */
    static ResultTable empty() {
        return new ResultTable(COLUMNS, List.of());
    }

    /** Writes a day's file and its digest; returns the file. */
    String write(LocalDate day, ResultTable table) throws IOException {
        byte[] csv = CsvText.PLAIN.bytes(table);
        String name = "agent_product_units_%s.csv".formatted(day);
        String file = directory.write(name, csv);
        String digest = sha256(csv);
        write(directory, name + ".sha256", "%s  %s\n".formatted(digest, name));
        if (receipts.isPresent()) {
            write(
                    receipts.get(),
                    name + ".receipt",
                    "file: %s\nrows: %d\nbytes: %d\nsha256: %s\n"
                            .formatted(file, table.rows().size(), csv.length, digest));
        }
        return file;
    }

    private static void write(OutputDirectory directory, String name, String text) throws IOException {
        directory.write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot digest: every Java platform has SHA-256", e);
        }
    }
}
