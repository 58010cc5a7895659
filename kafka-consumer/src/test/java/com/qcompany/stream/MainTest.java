package com.qcompany.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.StreamSettings;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "consume --for 99999999999999999999h",
                "consume --for 0m",
                "replay --hour 2024-07-04-18 --code type_mismatsh",
                "replay --dead-letters --code type_mismatch"
            })
    void refusesWhatItCannotUseBeforeItAsksABroker(String command) {
        Configuration conf = new Configuration(false);
        conf.set(StreamSettings.BOOTSTRAP_SERVERS.key(), "127.0.0.1:1");

        assertThat(Main.run(conf, command.split(" "))).isEqualTo(ExitCode.USAGE.code());
    }
}
