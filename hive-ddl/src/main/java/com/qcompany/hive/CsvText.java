package com.qcompany.hive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * CSV as RFC 4180 has it: commas, CRLF, a header, quotes where a cell may need them; UTF-8.
 *
 * <p>A text cell that a spreadsheet would take for a formula gets a leading apostrophe; numbers are left as they are.
 *
 * @param mark whether a byte order mark goes first, by which Excel knows UTF-8
 * @param decimalComma whether numbers have a decimal comma and cells are separated by semicolons, as spreadsheets expect
 *     in many countries
 */
public record CsvText(boolean mark, boolean decimalComma) {

    /** What programs read: no mark, decimal points, commas. */
    public static final CsvText PLAIN = new CsvText(false, false);

    private static final String FORMULA_STARTS = "=+-@\t\r";

    public byte[] bytes(ResultTable table) {
        StringBuilder csv = new StringBuilder(mark ? "\uFEFF" : "");
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setQuoteMode(QuoteMode.MINIMAL)
                .setDelimiter(decimalComma ? ';' : ',')
                .get();
        try (CSVPrinter printer = new CSVPrinter(csv, format)) {
            printer.printRecord(
                    table.columns().stream().map(ResultTable.Column::name).toList());
            for (List<String> row : table.rows()) {
                printer.printRecord(cells(table, row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write CSV to memory", e);
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The text, with an apostrophe before it if a spreadsheet would compute it. */
    static String defused(String text) {
        boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + text : text;
    }

    private List<String> cells(ResultTable table, List<String> row) {
        List<String> cells = new ArrayList<>(row);
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (!table.columns().get(i).numeric()) {
                cells.set(i, defused(cell));
            } else if (decimalComma) {
                cells.set(i, cell.replace('.', ','));
            }
        }
        return cells;
    }
}
