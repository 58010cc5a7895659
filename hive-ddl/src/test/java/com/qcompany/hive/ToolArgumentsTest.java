package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Program;
import com.qcompany.warehouse.command.Program.Command;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.UsageException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolArgumentsTest {

    @Test
    void dumpsADayOrARange() {
        assertThat(DumpArguments.parse("--date 2024-07-04".split(" ")).dates().days())
                .hasSize(1);
        assertThat(DumpArguments.parse("--from 2024-07-04 --to 2024-07-06 --out x".split(" "))
                        .dates()
                        .days())
                .hasSize(3);
    }

    @Test
    void namesDirectoriesOfADumpByTheDay() {
        DumpArguments arguments =
                DumpArguments.parse("--date 2024-07-04 --out x/{date} --receipts y/{date}".split(" "));

        assertThat(arguments.out(LocalDate.of(2024, 7, 5))).isEqualTo("x/2024-07-05");
        assertThat(arguments.receipts(LocalDate.of(2024, 7, 5))).contains("y/2024-07-05");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--out x",
                "--from 2024-07-04",
                "--date 2024-07-04 --to 2024-07-05",
                "--date 2024-07-04 2024-07-05",
                "--from 0001-01-01 --to 9999-12-31",
                "--from 2000-01-01 --to 2024-01-01"
            })
    void refusesADumpWithoutCertainDays(String line) {
        assertThatThrownBy(() -> DumpArguments.parse(line.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot ");
    }

    @Test
    void refusesADayThatNoSaleCanHaveYet() {
        LocalDate tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);

        assertThat(DumpArguments.parse(new String[] {"--date", tomorrow.toString()})
                        .dates()
                        .days())
                .hasSize(1);
        assertThatThrownBy(() -> DumpArguments.parse(new String[] {"--date", "9999-12-31"}))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot write 9999-12-31: it is to come (expected a day up to ");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void exitsWithUsageOnBadArguments(Class<? extends Configured> tool) throws Exception {
        Tool instance = (Tool) tool.getConstructor().newInstance();
        Program program = new Program("q.jar", List.of(new Command("tool", "is tried", () -> instance)));

        assertThat(program.run(new Configuration(false), "tool", "--bogus")).isEqualTo(ExitCode.USAGE.code());
        assertThat(program.run(new Configuration(false), "tool", "--help")).isEqualTo(ExitCode.OK.code());
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
        return Stream.of(DdlTool.class, RepairTool.class, StatsTool.class, DumpTool.class, AuditTool.class);
    }
}
