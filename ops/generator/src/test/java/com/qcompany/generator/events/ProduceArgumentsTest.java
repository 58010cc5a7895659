package com.qcompany.generator.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.generator.Main;
import com.qcompany.stream.EventHour;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.cli.ParseException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProduceArgumentsTest {

    @Test
    void readsEveryOption() throws ParseException {
        assertThat(parse("--rate 100 --count 1000 --seed 7 --late 0.1 --broken 0.02 --drift 0.3 --hours 12"
                        + " --start 2024-01-31-23 --topic t --partitions 6 --compression lz4 --answers a.json"))
                .isEqualTo(new ProduceArguments(
                        100,
                        1000,
                        7,
                        EventHour.parse("2024-01-31-23"),
                        12,
                        new Shares(0.1, 0.02, 0.3),
                        Optional.of("t"),
                        OptionalInt.of(6),
                        "lz4",
                        Optional.of(Path.of("a.json"))));
    }

    @Test
    void onlyRateCountAndSeedMustBeGiven() throws ParseException {
        ProduceArguments arguments = parse("--rate 0 --count 5 --seed 1");

        assertThat(arguments.shares()).isEqualTo(Shares.NONE);
        assertThat(arguments.topic()).isEmpty();
        assertThat(arguments.generator(2).count()).isEqualTo(5);
        assertThatThrownBy(() -> parse("--rate 0 --count 5")).hasMessageContaining("seed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--count -1",
                "--rate -1",
                "--hours 0",
                "--partitions 0",
                "--late 2",
                "--late much",
                "--hours many",
                "--start 2024-07-04",
                "--compression zip"
            })
    void refusesWhatCannotBe(String option) {
        String others = "--seed 1" + (option.contains("--rate") ? "" : " --rate 0")
                + (option.contains("--count") ? "" : " --count 1 ");

        assertThatThrownBy(() -> parse(others + " " + option))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot ");
    }

    @Test
    void aCommandLineThatCannotBeReadIsAUsageError() {
        assertThat(run("--count 1")).isEqualTo(2);
        assertThat(run("--rate 0 --count 1 --seed 1 more")).isEqualTo(2);
        assertThat(run("--rate 0 --count 1 --seed 1"))
                .as("no brokers are configured")
                .isEqualTo(2);
    }

    private static int run(String line) {
        return Main.run(new Configuration(false), ("produce " + line).split(" "));
    }

    private static ProduceArguments parse(String line) throws ParseException {
        return ProduceArguments.parse(line.trim().split(" +"));
    }
}
