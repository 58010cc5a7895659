package com.qcompany.pages;

import static com.qcompany.pages.SampleContent.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.qcompany.hive.Report;
import org.junit.jupiter.api.Test;

class SectionTest {

    @Test
    void totalsEveryColumnThatTheReportDeclaresExactly() throws Exception {
        Section section = Section.of(
                Report.named("sales_by_category"),
                table(
                        "product_category,products#,sales#,units#,total_paid#",
                        "Shoes|1|5|9|0.1000",
                        "Food|2|1|1|0.2005"),
                "",
                9);

        JsonNode content = JsonMapper.builder().build().readTree(section.tableJson());
        assertThat(content.path("totals")).extracting(JsonNode::asText).containsExactly("", "3", "6", "10", "0.3005");
    }

    @Test
    void writesNothingThatCouldEndAScript() {
        Section section = Section.of("x", "", "", table("name", "</script><b>"), "");

        assertThat(section.tableJson()).doesNotContain("<").contains("\\u003c/script>");
    }

    @Test
    void groupsTheDigitsOfAmountsAndNotOfNames() throws Exception {
        Section section = Section.of("x", "", "", table("customer_id#,event_hour#,name,units#"), "");

        JsonNode columns =
                JsonMapper.builder().build().readTree(section.tableJson()).path("columns");
        assertThat(columns)
                .extracting(column -> column.path("name").asText())
                .containsExactly("Customer id", "Event hour", "Name", "Units");
        assertThat(columns)
                .extracting(column -> column.path("grouped").asBoolean())
                .containsExactly(false, false, false, true);
    }
}
