package com.qcompany.ops.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.qcompany.ops.schedule.validate.XmlElement;
import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What crontab, timers and workflows call, against the programs that they call. */
class SchedulesTest {

    private static final Pattern CALL = Pattern.compile("hadoop jar /opt/q/(q-[a-z-]+\\.jar) ([^;'&)\n]+)");
    private static final Path CRONTAB = SiteFiles.SCHEDULER.resolve("cron/q.crontab");
    private static final Path REPORTS = SiteFiles.SCHEDULER.resolve("bin/q-reports");
    private static final Path UNITS = SiteFiles.SCHEDULER.resolve("systemd");

    @TempDir
    Path directory;

    @Test
    void everyCommandLineOfTheCrontabIsUnderstood() throws IOException {
        assertThat(calls(CRONTAB)).hasSizeGreaterThan(8).allSatisfy(this::isUnderstood);
        assertThat(calls(REPORTS)).hasSize(5).allSatisfy(this::isUnderstood);
    }

    @Test
    void cronTakesTheCrontab() throws Exception {
        assumeThat(Path.of("/usr/bin/crontab")).as("Debian's package cron").exists();
        // As a user's own crontab, which crontab checks, it has no column for the user.
        Path own = directory.resolve("crontab");
        Files.writeString(own, Files.readString(CRONTAB).replaceAll("(?m)^([0-9*]+ .*?)  q  ", "$1  "));

        assertThat(run(List.of("crontab", "-n", own.toString()))).isZero();
    }

    @Test
    void theCrontabSetsNothingThatDebiansCronDoesNotKnow() throws IOException {
        assertThat(CRONTAB).content().doesNotContainPattern("(?m)^CRON_TZ").endsWith("\n");
    }

    @Test
    void systemdTakesEveryUnit() throws Exception {
        assumeThat(Path.of("/usr/bin/systemd-analyze"))
                .as("Debian's package systemd")
                .exists();
        List<String> verify = new ArrayList<>(List.of("systemd-analyze", "verify"));
        for (Path unit : Files.list(UNITS)
                .filter(file -> !file.toString().endsWith(".env"))
                .toList()) {
            Path copy = directory.resolve(unit.getFileName());
            // What this machine has not installed.
            Files.writeString(copy, Files.readString(unit).replaceAll("/usr/bin/hadoop|/opt/q/q-reports", "/bin/true"));
            verify.add(copy.toString());
        }

        assertThat(run(verify)).isZero();
        assertThat(directory.resolve("output")).isEmptyFile();
    }

    /** Three of five days are not done; one of them lacks an hour, and of another the reports fail. */
    @Test
    void daysThatAreNotDoneAreMadeByDateWhateverFails() throws Exception {
        List<String> days = new ArrayList<>();
        for (int back = 5; back > 0; back--) {
            days.add(LocalDate.ofInstant(Instant.now().minus(Duration.ofHours(1)), ZoneOffset.UTC)
                    .minusDays(back)
                    .toString());
        }
        Path hadoop = directory.resolve("hadoop");
        Files.writeString(
                hadoop,
                """
                #!/bin/bash
                echo "$*" >> %1$s/calls
                case "$*" in
                  *-find*) printf 'hdfs:///q/exports/reports/%%s/_SUCCESS\\n' %2$s %3$s ;;
                  *"hours --date %5$s"*) printf 'Not loaded of %%s:\n  %%s-23: no group came\n' %5$s %5$s ;;
                  *"hours --date "*) echo "Every hour of $5 is loaded" ;;
                  *"report --from %4$s"*) exit 4 ;;
                  *-put*) cat >%1$s/lacks ;;
                  *-cat*%5$s*) cat %1$s/lacks ;;
                esac
                """
                        .formatted(directory, days.get(1), days.get(4), days.get(2), days.get(0)));
        assertThat(hadoop.toFile().setExecutable(true)).isTrue();

        assertThat(run(List.of(REPORTS.toAbsolutePath().toString(), "5"))).isEqualTo(4);

        List<String> calls = Files.readAllLines(directory.resolve("calls"));
        assertThat(calls.stream().filter(call -> call.contains("-touchz")))
                .containsExactly("fs -touchz hdfs:///q/exports/reports/%s/_SUCCESS".formatted(days.get(3)));
        assertThat(calls).anyMatch(call -> call.contains("dump --date " + days.get(0)));
        assertThat(calls)
                .noneMatch(call -> call.contains("--date " + days.get(1)) || call.contains("--date " + days.get(4)));
        assertThat(calls).anyMatch(call -> call.contains("--date " + days.get(2)));
        assertThat(directory.resolve("output")).content().contains(days.get(0) + "-23: no group came");

        Files.delete(directory.resolve("calls"));
        assertThat(run(List.of(REPORTS.toAbsolutePath().toString(), "5"))).isEqualTo(4);
        assertThat(directory.resolve("calls"))
                .as("what lacks the same hour is not made again")
                .content()
                .contains("hours --date " + days.get(0), "report --from " + days.get(2))
                .doesNotContain("report --from " + days.get(0));
    }

    /** Exit code of a program, its output in a file; programs of the test's directory go before others. */
    private int run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        program.environment().merge("PATH", directory.toString(), (path, own) -> own + ":" + path);
        return program.start().waitFor();
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
            return XmlElement.read(in);
        } catch (IOException | javax.xml.stream.XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }
}
