package com.qcompany.ops.daemons;

import com.qcompany.ops.DataDirectory;
import com.qcompany.ops.SiteFiles;
import com.qcompany.ops.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
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
 * </pre>
 */
final class ServerFiles {

    private final Path directory;
    private final SiteFiles templates;

    ServerFiles(DataDirectory data, SiteFiles client, Passwords passwords) {
        this.directory = data.daemons().resolve("conf");
        this.templates = client.with(
                Map.of("directory.data", data.root().toString(), "password.metastore", passwords.metastore()));
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

    /** Writes all of them; servers that read them meanwhile find the earlier ones. */
    void write() throws IOException {
        for (Path each : new Path[] {hadoop(), hiveServer(), metastore()}) {
            Files.createDirectories(each);
        }
        for (String name : new String[] {"hdfs-site.xml", "yarn-site.xml"}) {
            WholeFile.write(hadoop().resolve(name), xml(union(name)));
        }
        Configuration hive = union("hive-site.xml");
        hive.unset("javax.jdo.option.ConnectionURL"); // the metastore is a process of its own
        hive.unset("javax.jdo.option.ConnectionDriverName");
        WholeFile.write(hiveServer().resolve("hive-site.xml"), xml(hive));
        WholeFile.write(
                metastore().resolve("metastore-site.xml"),
                templates.filled("daemons/metastore-site.xml"),
                WholeFile.OWNER_ONLY);
    }

    private Configuration union(String name) throws IOException {
        Configuration union = new Configuration(false);
        for (String template : new String[] {name, "daemons/" + name}) {
            union.addResource(
                    new ByteArrayInputStream(templates.filled(template).getBytes(StandardCharsets.UTF_8)), template);
        }
        union.size(); // reads the streams, which can be read once
        return union;
    }

    private static String xml(Configuration conf) throws IOException {
        StringWriter text = new StringWriter();
        conf.writeXml(text);
        return text.toString();
    }
}
