package com.qcompany.warehouse.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.command.OozieAction.ActionFailedException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OozieActionTest {

    @TempDir
    Path dir;

    private OozieAction action;

    private final Configuration base = new Configuration();

    @BeforeEach
    void beAnAction() {
        base.set("q.root", dir.resolve("q").toUri().toString());
        action = OozieAction.of(Map.of(
                        "oozie.action.output.properties", dir.resolve("output").toString(),
                        "oozie.action.conf.xml", dir.resolve("action.xml").toString(),
                        "oozie.action.id", "1-W@load")::get)
                .orElseThrow();
    }

    @Test
    void isNoActionOutsideOfALauncher() {
        assertThat(OozieAction.of(name -> null)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"OK", "NOTHING_TO_DO"})
    void goesOnAndSaysWhetherThereWasSomethingToDo(ExitCode code) throws Exception {
        assertThat(action.end(new ProgramResult(code, "because"), base)).isTrue();

        assertThat(output()).containsEntry("outcome", code.name()).containsEntry("reason", "because");
    }

    @ParameterizedTest
    @EnumSource(names = {"USAGE", "CHECKS_FAILED"})
    void endsAtOnceWhereARepetitionCannotHelp(ExitCode code) throws Exception {
        assertThat(action.end(new ProgramResult(code, "because"), base)).isFalse();

        assertThat(dir.resolve("output")).doesNotExist();
        assertThat(dir.resolve("q/state/failures/1-W@load")).hasContent("because");
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "LOCKED"})
    void failsWhereARepetitionCanHelp(ExitCode code) {
        assertThatThrownBy(() -> action.end(new ProgramResult(code, "no node answers"), base))
                .isInstanceOf(ActionFailedException.class)
                .hasMessage(code + ": no node answers");
        assertThat(dir.resolve("output")).doesNotExist();
    }

    @Test
    void countsWhatTheWorkflowSets() throws Exception {
        Files.writeString(
                dir.resolve("action.xml"),
                "<configuration><property><name>q.root</name><value>/elsewhere</value></property></configuration>");
        Configuration conf = new Configuration(false);

        action.configure(conf);

        assertThat(Settings.ROOT.get(conf)).isEqualTo("/elsewhere");
    }

    private Properties output() throws Exception {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(dir.resolve("output"))) {
            properties.load(in);
        }
        return properties;
    }
}
