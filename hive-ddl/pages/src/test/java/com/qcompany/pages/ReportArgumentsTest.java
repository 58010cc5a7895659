package com.qcompany.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.hive.CsvText;
import com.qcompany.hive.DateRange;
import com.qcompany.hive.Report;
import com.qcompany.hive.Report.Subject;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Program;
import com.qcompany.warehouse.command.Program.Command;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportArgumentsTest {

    @Test
    void runsEveryReportOverEveryDateUnlessToldOtherwise() {
        ReportArguments arguments = ReportArguments.parse(new String[0]);

        assertThat(arguments.reports()).isEqualTo(Report.about(Subject.SALES, Subject.EVENTS));
        assertThat(arguments.dates()).isEqualTo(DateRange.ALWAYS);
        assertThat(arguments.csv()).isFalse();
        assertThat(arguments.csvText()).isEqualTo(CsvText.PLAIN);
        assertThat(arguments.out()).isEmpty();
        assertThat(arguments.limit()).isEmpty();
    }

    @Test
    void takesReportsDatesFormatDirectoryAndLimit() {
        ReportArguments arguments = ReportArguments.parse(
                "top_offers --from 2024-01-01 --to 2024-01-31 --format csv --out x --limit 7 top_products".split(" "));

        assertThat(arguments.reports()).extracting(Report::name).containsExactly("top_offers", "top_products");
        assertThat(arguments.dates()).isEqualTo(DateRange.parse("2024-01-01", "2024-01-31"));
        assertThat(arguments.csv()).isTrue();
        assertThat(arguments.out()).contains("x");
        assertThat(arguments.limit()).hasValue(7);
    }

    @Test
    void freezesWhatSeveralReportsAreAbout() {
        assertThat(ReportArguments.parse(new String[0]).subjectsOfSeveral())
                .containsExactly(Subject.SALES, Subject.EVENTS);
        assertThat(ReportArguments.parse("top_offers app_sales_by_hour app_popular_categories".split(" "))
                        .subjectsOfSeveral())
                .containsExactly(Subject.EVENTS);
        assertThat(ReportArguments.parse("top_offers app_sales_by_hour".split(" "))
                        .subjectsOfSeveral())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing",
                "--from yesterday",
                "--limit 0",
                "--limit x",
                "--format xml",
                "--speed 1",
                "top_offers --html x",
                "--html x --limit 5",
                "--html x --out y",
                "--html x --xlsx y.xlsx",
                "--xlsx dir/",
                "--html x --format csv"
            })
    void refusesWhatAReportCannotUse(String line) {
        assertThatThrownBy(() -> ReportArguments.parse(line.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot ");
    }

    @Test
    void takesTheFormOfCsvBesidePages() {
        ReportArguments arguments = ReportArguments.parse("--html x --csv-mark --csv-decimal-comma".split(" "));

        assertThat(arguments.html()).contains("x");
        assertThat(arguments.csvText()).isEqualTo(new CsvText(true, true));
    }

    @Test
    void exitsWithUsageOnBadArguments() {
        Command report = new Command("report", "runs reports", () -> new ReportTool(conf -> List.of()));

        assertThat(new Program("q.jar", List.of(report)).run(new Configuration(false), "report", "--bogus"))
                .isEqualTo(ExitCode.USAGE.code());
    }
}
