package com.qcompany.ops;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;

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
        fs.copyFromLocalFile(false, true, launcherJars(fs.getConf()), target);
        if (!fs.rename(incoming, new org.apache.hadoop.fs.Path(root, version))) {
            throw new IOException(
                    "Cannot put the share library into %s (expected no %s there)".formatted(root, version));
        }
    }

    private static org.apache.hadoop.fs.Path[] launcherJars(Configuration conf) throws IOException {
        FileStatus[] jars =
                FileSystem.getLocal(conf).globStatus(new org.apache.hadoop.fs.Path(target() + "/lib/" + LAUNCHER_JARS));
        if (jars.length == 0) {
            throw new IOException(
                    "Cannot find Oozie's libraries in %s (expected a build of ops/oozie-server)".formatted(target()));
        }
        return FileUtil.stat2Paths(jars);
    }

    /** The build directory of the module that collects them, beside that of this class. */
    private static Path target() {
        return ContainerClassPath.library()
                .toAbsolutePath()
                .resolve("../../oozie-server/target")
                .normalize();
    }
}
