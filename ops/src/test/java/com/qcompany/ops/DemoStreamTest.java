package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the generator over broker, consumer, compaction and Hive to the reports: what is sent is what is reported. */
@WithStack
class DemoStreamTest {

    private static final String NAME = "demo_test";

    @TempDir
    Path directory;

    @Test
    void reportsEqualWhatTheGeneratorKnows(EmbeddedStack stack) throws Exception {
        Configuration conf = Demo.allPast(stack.clientConf());
        conf.set(Settings.ROOT.key(), "/" + NAME);
        for (String key : List.of(Settings.DATABASE.key(), StreamSettings.TOPIC.key(), StreamSettings.GROUP.key())) {
            conf.set(key, NAME);
        }
        DemoOptions options = DemoOptions.parse("--data", directory.toString());
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Narration narration = new Narration(new PrintStream(said, true, StandardCharsets.UTF_8));
        DemoCommands commands = new DemoCommands(conf, narration);
        commands.run("ddl");

        Path reports = directory.resolve("reports");
        String[] report = {
            "report",
            DemoReport.PAYMENTS,
            DemoReport.CATEGORIES,
            DemoReport.CUSTOMERS,
            DemoReport.HOURS,
            "--out",
            reports.toString()
        };
        new DemoPipelines(options, conf, narration, commands).stream(report, reports);

        String text = said.toString(StandardCharsets.UTF_8);
        assertThat(commands.code()).as(text).isEqualTo(ExitCode.OK.code());
        assertThat(text).containsPattern("rows \\+ rejected \\+ tombstones +100,000 +100,000 +ok");

        DemoIntake intake = DemoIntake.of(conf);
        DemoIntake oneMissing =
                new DemoIntake(intake.records(), intake.tombstones() - 1, intake.files(), intake.rejected());
        assertThat(new DemoAnswers(options.output("answers.json")).compare(oneMissing, reports))
                .filteredOn(check -> !check.holds())
                .extracting(DemoCheck::what)
                .containsExactly("tombstones, skipped", "rows + rejected + tombstones");
    }

    @Test
    void namesTheFirstNumberThatIsWrong() {
        DemoCheck check =
                new DemoCheck("revenue", numbers("a", "10.00", "b", "3"), numbers("a", "10", "b", "2.5", "c", "0.5"));

        assertThat(check.holds()).isFalse();
        assertThat(check.line()).startsWith("revenue").endsWith("13              13  WRONG: b is 2.5, not 3");
    }

    @Test
    void takesNumbersOfAnotherScaleForTheSame() {
        assertThat(new DemoCheck("revenue", numbers("a", "10.50"), numbers("a", "10.5")).holds())
                .isTrue();
    }

    private static SortedMap<String, BigDecimal> numbers(String... keysAndNumbers) {
        SortedMap<String, BigDecimal> numbers = new TreeMap<>();
        for (int i = 0; i < keysAndNumbers.length; i += 2) {
            numbers.put(keysAndNumbers[i], new BigDecimal(keysAndNumbers[i + 1]));
        }
        return numbers;
    }
}
