package com.qcompany.ops.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.qcompany.ops.schedule.validate.XmlElement;
import com.qcompany.ops.schedule.validate.XmlReader;
import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What crontab, timers and workflows call, against the programs that they call. */
class SchedulesTest {

    private static final Pattern CALL = Pattern.compile("hadoop jar /opt/q/(q-[a-z-]+\\.jar) ([^;'\n]+)");
    private static final Path CRONTAB = SiteFiles.SCHEDULER.resolve("cron/q.crontab");
    private static final Path UNITS = SiteFiles.SCHEDULER.resolve("systemd");

    @Test
    void everyCommandLineOfTheCrontabIsUnderstood() throws IOException {
        assertThat(calls(CRONTAB)).hasSizeGreaterThan(8).allSatisfy(this::isUnderstood);
    }

    @Test
    void timersAndCrontabCallTheSame() throws IOException {
        assertThat(units(".service")
                        .flatMap(unit -> calls(unit).stream())
                        .map(call -> call.replace("$$", "$"))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(calls(CRONTAB));
    }

    @Test
    void everyTimerHasItsServiceAndUtc() throws IOException {
        assertThat(units(".timer")).isNotEmpty().allSatisfy(timer -> {
            assertThat(Path.of(timer.toString().replaceFirst("timer$", "service")))
                    .exists();
            assertThat(Files.readString(timer))
                    .containsPattern("OnCalendar=.*:00 UTC\n")
                    .contains("Persistent=true");
        });
    }

    @Test
    void servicesRepeatOnlyWhatCanMendItself() throws IOException {
        assertThat(units(".service")).isNotEmpty().allSatisfy(service -> assertThat(Files.readString(service))
                .contains("SuccessExitStatus=" + ExitCode.NOTHING_TO_DO.code() + "\n")
                .contains("RestartPreventExitStatus=%d %d\n"
                        .formatted(ExitCode.USAGE.code(), ExitCode.CHECKS_FAILED.code())));
    }

    @Test
    void everyCommandLineOfTheWorkflowsIsUnderstood() throws Exception {
        List<XmlElement> actions;
        try (Stream<Path> files = Files.walk(SiteFiles.SCHEDULER.resolve("apps"))) {
            actions = files.filter(file -> file.endsWith("workflow.xml"))
                    .flatMap(file -> read(file).all("java"))
                    .toList();
        }

        assertThat(actions).hasSizeGreaterThan(8).allSatisfy(action -> {
            String program = action.child("main-class").orElseThrow().text();
            List<String> words = action.children("arg").map(XmlElement::text).toList();
            CommandLines.parse(
                    switch (program) {
                        case "com.qcompany.batch.Launcher" -> "q-mapreduce.jar";
                        case "com.qcompany.stream.Launcher" -> "q-kafka-consumer.jar";
                        default -> program;
                    },
                    words);
        });
    }

    private void isUnderstood(String call) {
        int blank = call.indexOf(' ');
        assertThatCode(() -> CommandLines.parse(call.substring(0, blank), CommandLines.words(call.substring(blank))))
                .as(call)
                .doesNotThrowAnyException();
    }

    /** Calls of a file, as {@code q-mapreduce.jar load}. */
    private static List<String> calls(Path file) {
        try {
            return CALL.matcher(Files.readString(file))
                    .results()
                    .map(SchedulesTest::call)
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String call(MatchResult found) {
        return found.group(1) + " " + found.group(2).strip();
    }

    private static Stream<Path> units(String ending) throws IOException {
        return Files.list(UNITS).filter(unit -> unit.toString().endsWith(ending));
    }

    private static XmlElement read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return XmlReader.read(in);
        } catch (IOException | org.xml.sax.SAXException e) {
            throw new IllegalStateException(e);
        }
    }
}
