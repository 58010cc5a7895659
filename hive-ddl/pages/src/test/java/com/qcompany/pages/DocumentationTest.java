package com.qcompany.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.Report;
import com.qcompany.pages.Lineage.Path;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentationTest {

    private final Map<String, byte[]> files = SampleContent.documentation().files(Documentation.FRAME);

    @Test
    void describesEveryTableAndContract() {
        assertThat(text("dictionary.html"))
                .contains(StarSchema.TABLES.stream()
                        .map(Table::name)
                        .map("<section id=\"%s\">"::formatted)
                        .toList())
                .contains("Feed sales, version 1.2.0", "first_offer, offer", "Pieces &lt;sold&gt;", "units are even");
    }

    @Test
    void showsTheQueryOfEveryReport() {
        assertThat(text("definitions.html"))
                .contains(Report.ALL.stream()
                        .map(Report::name)
                        .map("<h2>%s</h2>"::formatted)
                        .toList())
                .contains("WHERE transaction_date BETWEEN '${from}'");
    }

    @Test
    void leadsFromColumnsOfFilesToColumnsOfReports() throws Exception {
        Lineage lineage = Lineage.of(SampleContent.contracts());

        assertThat(lineage.paths())
                .contains(
                        new Path("sales.units", "sales_transactions_fact.units", "top_products.units"),
                        new Path(
                                "sales.offer_1", "sales_transactions_fact.total_paid_price", "sales_by_day.total_paid"),
                        new Path(
                                "sales.address",
                                "sales_transactions_fact.shipping_city",
                                "lowest_cities_online.shipping_city"),
                        new Path("app log.totalamount", "kafka.totalamount", "app_sales_by_hour.revenue"))
                .noneSatisfy(path -> assertThat(path.table()).startsWith("branch_dim"));
    }

    private String text(String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }
}
