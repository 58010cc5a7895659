package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.Main;
import com.qcompany.hive.HiveSession;
import com.qcompany.warehouse.command.Settings;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.VersionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands have the jars of {@code target/lib} and of its sub-directories {@code first} and {@code client}, no server's. */
@WithStack
class ClientClassPathTest {

    private static final Path LIBRARY = ContainerClassPath.library();

    @TempDir
    Path directory;

    @Test
    void hasEveryClassThatTheCodeOfCommandsNames() throws Exception {
        List<String> jars;
        try (Stream<Path> files = Files.list(LIBRARY)) {
            jars = files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .toList();
        }
        List<String> arguments = new ArrayList<>(List.of("--multi-release", "base", "-verbose:class", "-filter:none"));
        arguments.addAll(List.of("-cp", String.join(File.pathSeparator, jars)));
        jars.stream().filter(jar -> jar.matches(".*/q-(?!ops-)[^/]*")).forEach(arguments::add);
        StringWriter found = new StringWriter();

        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(new PrintWriter(found), new PrintWriter(found), arguments.toArray(String[]::new));

        assertThat(found.toString().lines())
                .anyMatch(line -> line.matches(".*QualityTool +-> .*DataFile +q-warehouse.*"))
                .noneMatch(line -> line.contains("not found"));
    }

    @ParameterizedTest
    @CsvSource({
        "core, hadoop-common",
        "hdfs, last/hadoop-hdfs",
        "mapred, hadoop-mapreduce-client-core",
        "yarn, hadoop-yarn-common"
    })
    void hasHadoopsDefaultsAsHadoopsOwnJarsHaveThem(String name, String jar) throws Exception {
        String file = name + "-default.xml";
        Map<String, String> own = settings(LIBRARY.resolve(jar + "-" + VersionInfo.getVersion() + ".jar"), file);

        assertThat(settings(LIBRARY.resolve("first/hadoop-defaults.jar"), file))
                .isEqualTo(own)
                .hasSizeGreaterThan(100);
    }

    private static Map<String, String> settings(Path jar, String file) throws IOException {
        Configuration settings = new Configuration(false);
        settings.addResource(
                URI.create("jar:%s!/%s".formatted(jar.toUri(), file)).toURL());
        return settings.getPropsWithPrefix("");
    }

    @Test
    void hasEveryClassThatCommandsLoadOnTheStackAndLeaveItAsItWas(EmbeddedStack stack) throws Exception {
        Configuration site = new Configuration(false);
        site.set(Settings.HIVE_URL.key(), Settings.HIVE_URL.get(stack.clientConf()));
        site.set(Settings.DATABASE.key(), "q_classes");
        site.set(Settings.ROOT.key(), "/classes");
        Configuration conf = stack.clientConf();
        conf.addResource(site);
        Main.run(conf, "ddl");
        List<List<String>> tables = tables(conf);
        site.set(Settings.METRICS_TEXTFILE.key(), directory.toString());
        site.set(Settings.LINEAGE_FILE.key(), directory.resolve("lineage").toString());
        Files.writeString(directory.resolve("core-site.xml"), SiteFiles.xml(stack.clientConf()));
        Files.writeString(directory.resolve("q-site.xml"), SiteFiles.xml(site));
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(HostsFile.option());
        command.addAll(List.of(
                "-cp",
                LIBRARY + "/first/*:" + LIBRARY + "/*:" + LIBRARY + "/client/*",
                SharedClasses.class.getName(),
                directory.toString()));

        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();

        assertThat(output).content().doesNotContain("NoClassDefFound", "ClassNotFound");
        assertThat(code).isZero();
        assertThat(output).content().contains("Published", "Merged");
        assertThat(tables(conf)).isEqualTo(tables);
        assertThat(directory).isDirectoryNotContaining("glob:**/{lineage,*.prom}");
        assertThat(FileSystem.get(conf).listStatus(new org.apache.hadoop.fs.Path("/tmp")))
                .noneMatch(entry -> entry.getPath().getName().contains("-"));
    }

    /** What Hive knows of a dimension and of the sales. */
    private static List<List<String>> tables(Configuration conf) throws IOException {
        List<List<String>> tables = new ArrayList<>();
        try (HiveSession session = HiveSession.open(conf)) {
            for (String table : List.of("customer_dim", "sales_transactions_fact", "sales_delta")) {
                tables.addAll(
                        session.query("SHOW CREATE TABLE q_classes." + table).rows());
            }
        }
        return tables;
    }
}
