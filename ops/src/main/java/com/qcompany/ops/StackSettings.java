package com.qcompany.ops;

import com.qcompany.hive.DurableFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the templates of {@link SiteFiles} are filled with for one start of a stack. */
public record StackSettings(StackOptions options, DataDirectory data, Ports ports) {

    /** Of this process, wanted by all others: its hosts file where the host's name does not resolve, and of a secured stack. */
    private static final List<String> INHERITED =
            List.of("jdk.net.hosts.file", "java.security.krb5.conf", "javax.net.ssl.trustStore");

    /** URL of HiveServer2, without a database. */
    public String hiveUrl() {
        return "jdbc:hive2://%s/".formatted(ports.address(Endpoint.HIVE_SERVER))
                + (data.isSecured() ? ";ssl=true;principal=hive/localhost@EXAMPLE.COM" : "");
    }

    public OozieHome oozie(OozieHome.Database database, SiteFiles templates, InetSocketAddress mail)
            throws IOException {
        return new OozieHome(data.oozie(), templates, ports.of(Endpoint.OOZIE), database, mail, jvmOptions());
    }

    /**
     * Leaves name and address of every server for {@code q}, tab-separated.
     *
     * @param further those of servers beyond an embedded stack's, in the same form
     */
    public void writeServices(List<String> further) throws IOException {
        List<String> lines = new ArrayList<>(further);
        lines.add(service("NameNode", Endpoint.NAME_NODE));
        lines.add(service("NameNode web", Endpoint.NAME_NODE_WEB));
        if (options.yarn()) {
            lines.add(service("ResourceManager", Endpoint.RESOURCE_MANAGER));
            lines.add(service("ResourceManager web", Endpoint.RESOURCE_MANAGER_WEB));
            lines.add(service("NodeManager", Endpoint.NODE_MANAGER));
            lines.add(service("JobHistoryServer", Endpoint.HISTORY));
        }
        lines.add(service("HiveServer2", Endpoint.HIVE_SERVER));
        lines.add(service("Kafka", Endpoint.KAFKA));
        lines.add(service("Kafka controller", Endpoint.KAFKA_CONTROLLER));
        if (options.oozie()) {
            lines.add(service("Oozie", Endpoint.OOZIE));
        }
        DurableFile.write(data.services(), String.join("\n", lines) + "\n");
    }

    private String service(String name, Endpoint endpoint) {
        return name + "\t" + ports.address(endpoint);
    }

    /** The templates filled for this start. */
    public SiteFiles siteFiles() throws IOException {
        Map<String, String> values = new HashMap<>();
        for (Endpoint endpoint : Endpoint.values()) {
            values.put("port." + endpoint.label(), Integer.toString(ports.of(endpoint)));
        }
        values.put("hive.url", hiveUrl());
        values.put("directory.temporary", data.temporary().toString());
        values.put("directory.project", project().toString());
        values.put("directory.configuration", data.configuration().toString());
        values.put("directory.landing", data.landing().toString());
        values.put("directory.logs", data.logs().toString());
        values.put("directory.metastore", data.metastore().toString());
        values.put("directory.kerberos", data.kerberos().toString());
        values.put("framework", options.jobsOnYarn() ? "yarn" : "local");
        values.put("user", System.getProperty("user.name"));
        values.put(
                "group",
                Files.readAttributes(data.root(), PosixFileAttributes.class)
                        .group()
                        .getName());
        values.put("java.home", System.getProperty("java.home"));
        values.put("jvm.options", jvmOptions());
        values.put(
                "class-path",
                data.configuration() + ","
                        + ContainerClassPath.of(System.getProperty("java.class.path"), ContainerClassPath.library()));
        return new SiteFiles(data.configuration(), values, data.isSecured());
    }

    private static Path project() {
        return ContainerClassPath.library().toAbsolutePath().resolve("../../..").normalize();
    }

    /** What containers need. */
    public static String jvmOptions() throws IOException {
        String options =
                String.join(" ", SiteFiles.template("jvm.options").lines().toList());
        for (String property : INHERITED) {
            String value = System.getProperty(property);
            options += value == null ? "" : " -D%s=%s".formatted(property, value);
        }
        return options;
    }
}
