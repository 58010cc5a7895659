package com.qcompany.ops.daemons;

import com.qcompany.hive.DurableFile;
import com.qcompany.ops.DataDirectory;
import com.qcompany.ops.SiteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * The servers' configuration: a client's files, and what only a server is to know.
 *
 * <pre>
 * conf/hadoop/       hdfs-site.xml, yarn-site.xml of HDFS, YARN and job history
 * conf/hive-server/  hive-site.xml of HiveServer2
 * conf/metastore/    metastore-site.xml, with the password of its database; only its owner reads it
 * conf/kafka.properties  what the broker has beyond EmbeddedKafka's own; nothing, but for a secured stack
 * conf/hadoop/ssl-server.xml  of a secured stack alone
 * </pre>
 */
final class ServerFiles {

    private final Path directory;
    private final SiteFiles templates;
    private final boolean secured;

    ServerFiles(DataDirectory data, SiteFiles client, Passwords passwords) {
        this.directory = data.daemons().resolve("conf");
        this.secured = data.isSecured();
        this.templates = client.with(Map.of(
                "directory.data",
                data.root().toString(),
                "password.metastore",
                passwords.metastore(),
                "password.keystore",
                passwords.keystore()));
    }

    SiteFiles templates() {
        return templates;
    }

    Path hadoop() {
        return directory.resolve("hadoop");
    }

    Path hiveServer() {
        return directory.resolve("hive-server");
    }

    Path metastore() {
        return directory.resolve("metastore");
    }

    Path kafka() {
        return directory.resolve("kafka.properties");
    }

    /** Writes all of them; servers that read them meanwhile find the earlier ones. */
    void write() throws IOException {
        for (Path each : new Path[] {hadoop(), hiveServer(), metastore()}) {
            Files.createDirectories(each);
        }
        for (String name : new String[] {"hdfs-site.xml", "yarn-site.xml"}) {
            DurableFile.write(hadoop().resolve(name), SiteFiles.xml(templates.union(name, "daemons/" + name)));
        }
        Configuration hive = templates.union("hive-site.xml", "daemons/hive-site.xml");
        hive.unset("javax.jdo.option.ConnectionURL"); // the metastore is a process of its own
        secret(hiveServer().resolve("hive-site.xml"), SiteFiles.xml(hive));
        secret(metastore().resolve("metastore-site.xml"), SiteFiles.xml(templates.union("daemons/metastore-site.xml")));
        if (secured) {
            secret(hadoop().resolve("ssl-server.xml"), templates.filled("secured/ssl-server.xml"));
        }
        secret(kafka(), secured ? templates.filled("secured/kafka-server.properties") : "");
    }

    private static void secret(Path file, String text) throws IOException {
        DurableFile.write(file, text, DurableFile.OWNER_ONLY);
    }
}
