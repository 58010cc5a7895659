package com.qcompany.warehouse.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @TempDir
    Path directory;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q.compact.retain-seconds=",
                "q.root=",
                "q.stream.topic=",
                "q.ingest.zone=",
                "q.lease.timeout-seconds=0"
            })
    void refusesNothingWhereSomethingIsNeeded(String line) {
        conf.set(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));

        assertThatThrownBy(() -> Settings.validate(conf))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot read ");
    }

    @Test
    void neverShowsASecret() {
        conf.set("q.hive.password", "hunter2");

        assertThat(Settings.HIVE_PASSWORD.get(conf)).isEqualTo("hunter2");
        assertThat(Settings.HIVE_PASSWORD.secret()).isTrue();
        assertThat(Settings.HIVE_PASSWORD.shown(conf)).isEqualTo("********");
    }

    @Test
    void neverShowsASecretInAnAddress() {
        conf.set("q.hive.url", "jdbc:hive2://h:1/;ssl=true;sslTrustStore=/t;trustStorePassword=hunter2;a=b");

        assertThat(Settings.HIVE_URL.shown(conf))
                .isEqualTo("jdbc:hive2://h:1/;ssl=true;sslTrustStore=/t;trustStorePassword=********;a=b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q.hive.password=hunter2",
                "q.hive.password=${env.FIRST}hunter2",
                "q.hive.url=jdbc:hive2://h:1/;trustStorePassword=hunter2",
                "q.hive.url=jdbc:hive2://h:1/;trustStorePassword=${env.FIRST}2",
                "q.hive.url=jdbc:hive2://h:1/;keyPassphrase=hunter2"
            })
    void refusesASecretThatOthersMayRead(String line) throws IOException {
        Path file = siteFile(line);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> Settings.validate(conf))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Cannot use " + file)
                .hasMessageNotContaining("hunter2");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Settings.validate(conf);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q.hive.password=${env.HIVE_PASSWORD}",
                "q.hive.url=jdbc:hive2://h:1/;trustStorePassword=${env.FIRST}",
                "q.hive.url=jdbc:hive2://h:1/"
            })
    void referencesMayBeReadByAll(String line) throws IOException {
        Files.setPosixFilePermissions(siteFile(line), PosixFilePermissions.fromString("rw-r--r--"));

        Settings.validate(conf);
    }

    private Path siteFile(String line) throws IOException {
        String[] property = line.split("=", 2);
        Path file = Files.writeString(
                directory.resolve("q-site.xml"),
                "<configuration><property><name>%s</name><value>%s</value></property></configuration>"
                        .formatted(property[0], property[1]));
        conf.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
        return file;
    }
}
