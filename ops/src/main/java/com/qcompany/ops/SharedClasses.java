package com.qcompany.ops;

import com.qcompany.hive.HiveSession;
import com.qcompany.warehouse.command.Setting;
import com.qcompany.warehouse.command.Settings;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.server.jobtracker.JTConfig;
import org.apache.kafka.common.protocol.ApiKeys;

/**
 * Asks a running stack what the commands of {@code q} ask, and loads and merges two groups into a warehouse of its own on its
 * HDFS, for the archive of classes that they start from. The argument is the directory of the stack's configuration, for an archive takes
 * no class path with directories. It leaves nothing behind, and what a command says does not matter.
 */
final class SharedClasses {

    private SharedClasses() {}

    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        URL site = java.nio.file.Path.of(args[0]).toUri().toURL();
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[] {site}));
        Configuration conf = Settings.configuration();
        // Nobody is to read of it. Empty, for what is unset comes back when Hadoop reads the stack's files again.
        for (Setting<?> setting : List.of(Settings.METRICS_TEXTFILE, Settings.LINEAGE_FILE, Settings.LINEAGE_CONFIG)) {
            conf.set(setting.key(), "");
        }
        com.qcompany.batch.Main.run(conf, "load", "--help");
        com.qcompany.batch.Main.run(conf, "config");
        com.qcompany.batch.Main.run(conf, "contract", "show", "sales_transactions");
        load(conf);
        com.qcompany.stream.Main.run(conf, "offsets");
        com.qcompany.ops.schedule.Main.run(conf, "status");
        com.qcompany.ops.schedule.Main.run(conf, "explain", "2024-07-04-00");
        Class.forName(ApiKeys.class.getName()); // which is to initialize it
        try (HiveSession session = HiveSession.open(conf)) {
            session.query("SHOW DATABASES");
        }
    }

    /** Without Hive, which would have to be told of the tables first. */
    private static void load(Configuration stack) throws IOException {
        Configuration conf = new Configuration(stack);
        conf.set(Settings.HIVE_URL.key(), "");
        conf.set(MRConfig.FRAMEWORK_NAME, MRConfig.LOCAL_FRAMEWORK_NAME);
        Path root = new Path("/tmp", UUID.randomUUID().toString());
        conf.set(Settings.ROOT.key(), root.toString());
        conf.set(JTConfig.JT_STAGING_AREA_ROOT, new Path(root, "jobs").toString());
        java.nio.file.Path landing = Files.createTempDirectory("classes");
        try {
            com.qcompany.generator.Main.run(
                    conf, "generate", "--groups", "2", "--rows", "20", "--out", landing.toString());
            for (String hour : List.of("2024-07-04-00", "2024-07-04-01")) {
                com.qcompany.batch.Main.run(conf, "ingest", "--landing", landing.toString(), "--hour", hour, "--now");
                com.qcompany.batch.Main.run(conf, "load");
            }
            com.qcompany.batch.Main.run(conf, "hours", "--date", "2024-07-04");
            com.qcompany.batch.Main.run(conf, "schema", "drift");
            com.qcompany.batch.Main.run(conf, "quality");
            com.qcompany.batch.Main.run(conf, "rejects");
            com.qcompany.batch.Main.run(conf, "compact");
        } finally {
            root.getFileSystem(conf).delete(root, true);
            FileUtils.deleteDirectory(landing.toFile());
        }
    }
}
