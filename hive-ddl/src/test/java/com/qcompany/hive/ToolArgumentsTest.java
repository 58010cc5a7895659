package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.hive.Report.Subject;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolArgumentsTest {

    @Test
    void runsEveryReportOverEveryDateUnlessToldOtherwise() {
        ReportArguments arguments = ReportArguments.parse(new String[0]);

        assertThat(arguments.reports()).isEqualTo(Report.ALL);
        assertThat(arguments.dates()).isEqualTo(DateRange.ALWAYS);
        assertThat(arguments.csv()).isFalse();
        assertThat(arguments.out()).isEmpty();
        assertThat(arguments.limit()).isEmpty();
    }

    @Test
    void takesReportsDatesFormatDirectoryAndLimit() {
        ReportArguments arguments = ReportArguments.parse(
                "top_offers --from 2024-01-01 --to 2024-01-31 --format csv --out x --limit 7 top_products".split(" "));

        assertThat(arguments.reports()).extracting(Report::name).containsExactly("top_offers", "top_products");
        assertThat(arguments.dates().days()).hasSize(31);
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
    @ValueSource(strings = {"nothing", "--from yesterday", "--limit 0", "--limit x", "--format xml", "--speed 1"})
    void refusesWhatAReportCannotUse(String line) {
        assertThatThrownBy(() -> ReportArguments.parse(line.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot ");
    }

    @Test
    void dumpsADayOrARange() {
        assertThat(DumpArguments.parse("--date 2024-07-04".split(" ")).dates().days())
                .hasSize(1);
        assertThat(DumpArguments.parse("--from 2024-07-04 --to 2024-07-06 --out x".split(" "))
                        .dates()
                        .days())
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--out x",
                "--from 2024-07-04",
                "--date 2024-07-04 --to 2024-07-05",
                "--date 2024-07-04 2024-07-05",
                "--from 0001-01-01 --to 9999-12-31"
            })
    void refusesADumpWithoutCertainDays(String line) {
        assertThatThrownBy(() -> DumpArguments.parse(line.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot ");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void exitsWithUsageOnBadArguments(Class<? extends Configured> tool) throws Exception {
        Tool instance = (Tool) tool.getConstructor().newInstance();

        assertThat(ToolRunner.run(new Configuration(false), instance, new String[] {"--bogus"}))
                .isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void saysWhichKeyIsMissingToConnect() {
        assertThatThrownBy(() -> HiveSession.open(new Configuration(false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot connect to HiveServer2: %s is unset (expected jdbc:hive2://host:port)"
                        .formatted(Settings.HIVE_URL.key()));
    }

    @Test
    void leavesRegisteringToRepairWhereNoHiveIsConfigured() throws Exception {
        assertThat(Catalogs.open(new Configuration(false))).isInstanceOf(DeferredCatalog.class);
    }

    static Stream<Class<? extends Configured>> tools() {
        return Stream.of(
                DdlTool.class, RepairTool.class, StatsTool.class, ReportTool.class, DumpTool.class, AuditTool.class);
    }
}
