package com.qcompany.ops;

import java.util.List;

/** The hosts file of the tests, for JVMs that a test starts: they must know the host's own name too. */
public final class HostsFile {

    private static final String PROPERTY = "jdk.net.hosts.file";

    private HostsFile() {}

    /** The JVM option that names it; none where this JVM has none. */
    public static List<String> option() {
        String file = System.getProperty(PROPERTY);
        return file == null ? List.of() : List.of("-D" + PROPERTY + "=" + file);
    }
}
