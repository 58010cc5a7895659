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

    @BeforeEach
    void beAnAction() {
        action = OozieAction.of(Map.of(
                        "oozie.action.output.properties", dir.resolve("output").toString(),
                        "oozie.action.conf.xml", dir.resolve("action.xml").toString())::get)
                .orElseThrow();
    }

    @Test
    void isNoActionOutsideOfALauncher() {
        assertThat(OozieAction.of(name -> null)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"OK", "NOTHING_TO_DO"})
    void goesOnAndSaysWhetherThereWasSomethingToDo(ExitCode code) throws Exception {
        assertThat(action.end(new ProgramResult(code, "because"))).isTrue();

        assertThat(output()).containsEntry("outcome", code.name());
    }

    @ParameterizedTest
    @EnumSource(names = {"USAGE", "CHECKS_FAILED"})
    void endsAtOnceWhereARepetitionCannotHelp(ExitCode code) throws Exception {
        assertThat(action.end(new ProgramResult(code, "because"))).isFalse();

        assertThat(dir.resolve("output")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "LOCKED"})
    void failsWhereARepetitionCanHelp(ExitCode code) {
        assertThatThrownBy(() -> action.end(new ProgramResult(code, "no node answers")))
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
