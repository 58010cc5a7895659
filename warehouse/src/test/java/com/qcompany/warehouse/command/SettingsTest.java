package com.qcompany.warehouse.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private final Configuration conf = new Configuration(false);

    @Test
    void everyDefaultIsAllowed() {
        Settings.validate(conf);

        assertThat(Settings.ALL).hasSizeGreaterThan(10);
        assertThat(Settings.DATABASE.get(conf)).isEqualTo("q_dwh");
    }

    @Test
    void namesTheNearestKeyForAnUnknownOne() {
        conf.set("q.load.reducer", "3");

        assertThatThrownBy(() -> Settings.validate(conf))
                .hasMessage(
                        "Cannot use configuration key q.load.reducer: it is unknown (did you mean q.load.reducers?)");
    }

    @Test
    void saysWhatAValueMayBe() {
        conf.set("q.load.max-rejected-share", "5");

        assertThatThrownBy(() -> Settings.validate(conf))
                .hasMessage("Cannot read q.load.max-rejected-share: 5 (expected share 0 to 1: 0 to 1)");
    }

    @Test
    void neverShowsASecret() {
        conf.set("q.hive.password", "hunter2");

        assertThat(Settings.HIVE_PASSWORD.get(conf)).isEqualTo("hunter2");
        assertThat(Settings.HIVE_PASSWORD.secret()).isTrue();
    }
}
