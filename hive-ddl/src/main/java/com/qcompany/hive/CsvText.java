package com.qcompany.hive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * CSV as RFC 4180 has it: commas, CRLF, a header, quotes only where a cell needs them; UTF-8 without a byte order mark.
 *
 * <p>A text cell that a spreadsheet would take for a formula gets a leading apostrophe; numbers are left as they are.
 */
final class CsvText {

    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");
    private static final String FORMULA_STARTS = "=+-@\t\r";
    private static final String LINE_END = "\r\n";

    private CsvText() {}

    /** A table as CSV. */
    static byte[] bytes(ResultTable table) {
        StringBuilder csv = new StringBuilder();
        csv.append(line(table.columns().stream().map(ResultTable.Column::name).toList()));
        for (List<String> row : table.rows()) {
            List<String> cells = new java.util.ArrayList<>(row);
            for (int i = 0; i < cells.size(); i++) {
                if (!table.columns().get(i).numeric()) {
                    cells.set(i, defused(cells.get(i)));
                }
            }
            csv.append(line(cells));
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The text, with an apostrophe before it if a spreadsheet would compute it. */
    static String defused(String text) {
        boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + text : text;
    }

    private static String line(List<String> cells) {
        return cells.stream().map(CsvText::quoted).collect(Collectors.joining(",", "", LINE_END));
    }

    private static String quoted(String cell) {
        return NEEDS_QUOTES.matcher(cell).find() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
