package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.command.Settings;
import java.io.IOException;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteFilesTest {

    @TempDir
    Path directory;

    private Ports ports;
    private StackSettings settings;

    @BeforeEach
    void chooseSettings() throws IOException {
        DataDirectory data = new DataDirectory(directory);
        data.create();
        try (PortBlock block = PortBlock.reserve()) {
            ports = Ports.choose(data.ports(), block);
        }
        settings = new StackSettings(StackOptions.in(directory), data, ports);
    }

    @Test
    void clientsFindTheServersOnTheLoopbackAddress() throws IOException {
        Configuration conf = settings.siteFiles().writeClient();

        assertThat(conf.get("fs.defaultFS")).isEqualTo("hdfs://" + ports.address(Endpoint.NAME_NODE));
        assertThat(conf.get("yarn.resourcemanager.address")).isEqualTo(ports.address(Endpoint.RESOURCE_MANAGER));
        assertThat(conf.get("mapreduce.framework.name")).isEqualTo("local");
        assertThat(Settings.HIVE_URL.get(conf)).isEqualTo(settings.hiveUrl());
        Settings.validate(conf);
    }

    @Test
    void everyTemplateIsFilled() throws IOException {
        SiteFiles siteFiles = settings.siteFiles();
        siteFiles.writeClient();
        Path hive = siteFiles.write("hive-site.xml");

        assertThat(Files.readString(hive)).doesNotContainPattern("@[a-z.-]+@");
        assertThat(directory.resolve("conf").toFile().list())
                .contains("core-site.xml", "log4j2.properties", "q-site.xml");
    }

    @Test
    void launchersOfJobsMayOpenWhatServersMay() throws IOException {
        List<String> opens = SiteFiles.template("jvm.options")
                .lines()
                .filter(option -> option.startsWith("--add-opens="))
                .toList();
        Properties cluster = new Properties();
        try (Reader text = Files.newBufferedReader(
                Path.of(System.getProperty("q.project.root"), "scheduler", "cluster.properties"))) {
            cluster.load(text);
        }

        assertThat(cluster.getProperty("launcherJavaOpts").split(" ")).containsAll(opens);
        assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments()).containsAll(opens);
    }

    @Test
    void thePasswordOfOoziesDatabaseIsItsOwnersAloneAlsoWhenWrittenAgain() throws Exception {
        OozieHome home = settings.oozie(
                new OozieHome.Database("driver", "jdbc:postgresql://127.0.0.1/oozie", "oozie", "secret"),
                settings.siteFiles(),
                StackOptions.mailServer());
        Path site = directory.resolve("oozie/conf/oozie-site.xml");
        Files.createDirectories(site.getParent());
        Files.createFile(directory.resolve("oozie/database.created"));
        for (int start = 0; start < 2; start++) {
            home.prepare();

            assertThat(site).content().contains("secret");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(site)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aPlaceholderWithoutAValueIsRefused() {
        SiteFiles siteFiles = new SiteFiles(directory, Map.of(), false);

        assertThatThrownBy(() -> siteFiles.write("core-site.xml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Cannot fill template: @port.name-node@");
    }
}
