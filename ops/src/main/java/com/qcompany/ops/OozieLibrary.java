package com.qcompany.ops;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;

/** The jars that the build collected for Oozie: its server's class path, and the share library of its launchers. */
public final class OozieLibrary {

    /** What a launcher needs of Oozie; everything else comes with the action. */
    private static final String LAUNCHER_JARS = "oozie-{sharelib-oozie,client}-*.jar";

    private static final DateTimeFormatter VERSION = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

    private OozieLibrary() {}

    /** The server's class path: its jars, and the parent directory of its web application. */
    static String classPath() {
        return target().resolve("lib") + "/*" + File.pathSeparator + target().resolve("web");
    }

    /**
     * Puts the share library into HDFS. The server takes the newest when it starts, and deletes old ones.
     *
     * @param fs file system of the launchers
     */
    public static void share(FileSystem fs) throws IOException {
        org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(OozieHome.SHARE_LIBRARY);
        String version = "lib_" + VERSION.format(LocalDateTime.now(ZoneOffset.UTC));
        org.apache.hadoop.fs.Path incoming = new org.apache.hadoop.fs.Path(root, "_" + version);
        org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(incoming, "oozie");
        fs.mkdirs(target);
        for (Path jar : launcherJars()) {
            fs.copyFromLocalFile(new org.apache.hadoop.fs.Path(jar.toUri()), target);
        }
        if (!fs.rename(incoming, new org.apache.hadoop.fs.Path(root, version))) {
            throw new IOException(
                    "Cannot put the share library into %s (expected no %s there)".formatted(root, version));
        }
    }

    private static List<Path> launcherJars() throws IOException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(target().resolve("lib"), LAUNCHER_JARS)) {
            found.forEach(jars::add);
        }
        if (jars.isEmpty()) {
            throw new IOException(
                    "Cannot find Oozie's libraries in %s (expected a build of ops/oozie-server)".formatted(target()));
        }
        return jars;
    }

    /** The build directory of the module that collects them, beside that of this class. */
    private static Path target() {
        return ContainerClassPath.library()
                .toAbsolutePath()
                .resolve("../../oozie-server/target")
                .normalize();
    }
}
