package com.qcompany.warehouse.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineSyntaxTest {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "q bake",
            new Options()
                    .addOption(CommandLineSyntax.required("loaves", "N", "number of loaves"))
                    .addOption(CommandLineSyntax.valued("flour", "KIND", "rye or wheat"))
                    .addOption(CommandLineSyntax.repeatable("seed", "KIND", "what is on top"))
                    .addOption(CommandLineSyntax.repeatable("out", "DIR", "where they go"))
                    .addOption(null, "note", true, "said to the baker")
                    .addOptionGroup(CommandLineSyntax.oneOf(
                            CommandLineSyntax.flag("oven", "bake inside"),
                            CommandLineSyntax.flag("fire", "bake outside"))));

    @Test
    void readsOptionsAndWhatElseThereIs() {
        CommandLine line = SYNTAX.parse("--loaves", "3", "--fire", "today");

        assertThat(line.getOptionValue("loaves")).isEqualTo("3");
        assertThat(line.hasOption("fire")).isTrue();
        assertThat(line.hasOption("flour")).isFalse();
        assertThat(line.getArgList()).containsExactly("today");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--oven",
                "--loaves --oven",
                "--loaves 3",
                "--loaves 3 --oven --fire",
                "--loaves 3 --oven --salt",
                "--loaves 3 --oven today",
                "--loaves 3 --oven --loaves 3",
                "--loaves 3 --oven --oven"
            })
    void refusesAnythingElse(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SYNTAX.parseOptions(line.split(" ")))
                .withMessageStartingWith("Cannot ");
    }

    @ParameterizedTest
    @CsvSource({
        "file:///tmp/a b, /tmp/a b",
        "file:/tmp/a, /tmp/a",
        "/tmp/a, /tmp/a",
        "a/file:/b, a/file:/b",
        "file:a, file:a",
        "file://host/a, file:/host/a"
    })
    void takesTheAddressOfALocalPath(String text, String path) {
        assertThat(CommandLineSyntax.localPath(text)).hasToString(path);
    }

    @Test
    void refusesAnEmptyPathAndNoOtherEmptyText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SYNTAX.parse("--loaves", "3", "--oven", "--out", "shelf", "--out", ""))
                .withMessage("Cannot use --out: it is empty (expected a path)");
        CommandLine line = SYNTAX.parse("--loaves", "3", "--oven", "--flour", "", "--note", "");
        assertThat(line.getOptionValue("flour")).isEmpty();
        assertThat(line.getOptionValue("note")).isEmpty();
    }

    @Test
    void someOptionsMayBeRepeated() {
        CommandLine line = SYNTAX.parseOptions("--loaves", "3", "--fire", "--seed", "poppy", "--seed", "sesame");

        assertThat(line.getOptionValues("seed")).containsExactly("poppy", "sesame");
        assertThat(SYNTAX.usage()).contains("what is on top; may be repeated");
    }

    @Test
    void readsWholeNumbers() {
        CommandLine line = SYNTAX.parseOptions("--oven", "--loaves", "3", "--flour", "rye", "--seed", "3000000000");

        assertThat(CommandLineSyntax.wholeNumber(line, "loaves", 1)).isEqualTo(3);
        assertThat(CommandLineSyntax.wholeNumber(line, "rolls", 1)).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandLineSyntax.wholeNumber(line, "flour", 1))
                .withMessage("Cannot read --flour: rye (expected a whole number)");
        assertThat(CommandLineSyntax.intNumber(line, "loaves", 1)).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandLineSyntax.intNumber(line, "seed", 1))
                .withMessage("Cannot read --seed: 3000000000 (expected -2147483648 to 2147483647)");
    }

    @Test
    void explainsEveryOption() {
        assertThat(SYNTAX.usage())
                .startsWith("usage: q bake")
                .contains("--loaves <N>", "number of loaves", "--fire | --oven", "bake outside");
    }

    @ParameterizedTest
    @CsvSource({"--help, OK", "--loaves 3 --help, OK", "--loaves 3 --salt, USAGE"})
    void helpIsNoMistake(String line, ExitCode code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SYNTAX.parse(line.split(" ")))
                .satisfies(problem -> assertThat(SYNTAX.refuse(problem)).isEqualTo(code));
    }
}
