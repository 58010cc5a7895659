package com.qcompany.pages;

import static com.qcompany.pages.SampleContent.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.Report;
import com.qcompany.hive.ResultTable;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.Test;

class WorkbookTest {

    @Test
    void writesASheetAReportWithTextsAndExactNumbers() throws Exception {
        Map<Report, ResultTable> tables = new LinkedHashMap<>();
        tables.put(
                Report.named("top_products"),
                table("product_name,total_paid#", "=1+1|1234.0050", "|5", "x".repeat(40_000) + "|1"));
        tables.put(Report.named("sales_by_agent_and_product"), table("units#"));

        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(Workbook.bytes(tables)))) {
            assertThat(workbook.getSheets())
                    .extracting(Sheet::getName)
                    .containsExactly("top_products", "sales_by_agent_and_product");
            List<Row> rows = workbook.getFirstSheet().read();
            assertThat(rows.get(0).getCellText(0)).isEqualTo("Product name");
            assertThat(rows.get(1).getCell(0).getType()).isEqualTo(CellType.STRING);
            assertThat(rows.get(1).getCellText(0)).isEqualTo("=1+1");
            assertThat(rows.get(1).getCellAsNumber(1))
                    .hasValueSatisfying(paid -> assertThat(paid).isEqualByComparingTo("1234.005"));
            assertThat(rows.get(2).getOptionalCell(0)).isEmpty();
            assertThat(rows.get(3).getCellText(0)).as("what a cell holds").hasSize(32_767);
        }
    }
}
