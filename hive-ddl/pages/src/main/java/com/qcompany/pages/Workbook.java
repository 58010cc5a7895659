package com.qcompany.pages;

import com.qcompany.hive.Report;
import com.qcompany.hive.ResultTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.commons.lang3.StringUtils;
import org.dhatim.fastexcel.Worksheet;

/**
 * One Excel workbook of reports, a sheet each: a header that stays in view, with filters, and typed cells.
 *
 * <p>Text is a cell of text whatever it begins with, so that no spreadsheet computes it. Ids and amounts are numbers.
 */
final class Workbook {

    /** What a sheet of Excel holds, the header included. */
    private static final int MAX_ROWS = 1 << 20;

    private static final int MAX_SHEET_NAME = 31;

    /** What a cell of Excel holds, which mends a workbook that has more in one. */
    private static final int MAX_CHARACTERS = 32_767;

    private Workbook() {}

    /**
     * The workbook.
     *
     * @throws IOException if a report has more rows than a sheet holds
     */
    static byte[] bytes(Map<Report, ResultTable> tables) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (org.dhatim.fastexcel.Workbook workbook = new org.dhatim.fastexcel.Workbook(bytes, "Q platform", "1.0")) {
            for (Map.Entry<Report, ResultTable> entry : tables.entrySet()) {
                String name = entry.getKey().name();
                if (entry.getValue().rows().size() >= MAX_ROWS) {
                    throw new IOException("Cannot write %s to a sheet: %d rows (at most %d; use --out or --limit)"
                            .formatted(name, entry.getValue().rows().size(), MAX_ROWS - 1));
                }
                fill(
                        workbook.newWorksheet(name.substring(0, Math.min(MAX_SHEET_NAME, name.length()))),
                        entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static void fill(Worksheet sheet, ResultTable table) {
        int columns = table.columns().size();
        for (int i = 0; i < columns; i++) {
            sheet.value(0, i, Section.words(table.columns().get(i).name()));
        }
        sheet.range(0, 0, 0, columns - 1).style().bold().set();
        sheet.freezePane(0, 1);
        sheet.setAutoFilter(0, 0, table.rows().size(), columns - 1);
        for (int row = 0; row < table.rows().size(); row++) {
            List<String> cells = table.rows().get(row);
            for (int i = 0; i < columns; i++) {
                if (cells.get(i).isEmpty()) {
                    continue;
                }
                if (table.columns().get(i).numeric()) {
                    sheet.value(row + 1, i, new BigDecimal(cells.get(i)));
                } else {
                    sheet.value(row + 1, i, StringUtils.left(cells.get(i), MAX_CHARACTERS));
                }
            }
        }
    }
}
