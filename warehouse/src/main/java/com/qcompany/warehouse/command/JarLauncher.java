package com.qcompany.warehouse.command;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.util.ApplicationClassLoader;
import org.apache.hadoop.util.RunJar;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Runs a job jar's program with the jar's own libraries before those of the cluster.
 *
 * <p>A cluster's Hadoop may carry older copies of what the jar brings along. {@code hadoop jar} asks them first, and
 * Oozie knows no jars in a jar; so this class, which needs nothing but Hadoop, loads the program anew by a loader that
 * asks the jar first.
 */
public final class JarLauncher {

    /** What is always the cluster's; Hive's packages lie below Hadoop's name but come with the jar. */
    public static final List<String> SYSTEM_CLASSES = List.of(
            "-org.apache.hadoop.hive.",
            "java.",
            "javax.security.",
            "javax.net.",
            "javax.naming.",
            "javax.xml.",
            "org.w3c.dom.",
            "org.xml.sax.",
            "org.slf4j.",
            "org.apache.log4j.",
            "org.apache.commons.logging.",
            "org.apache.hadoop.",
            "core-default.xml",
            "hdfs-default.xml",
            "mapred-default.xml",
            "yarn-default.xml");

    /** After the file systems' hooks, whose classes may still lie there. */
    private static final int DELETE_PRIORITY = 0;

    private JarLauncher() {}

    /** Runs the {@code main} of a class in a loader of its own; the launcher is the jar's main class. */
    public static void launch(Class<?> launcher, String program, String[] args) throws IOException {
        List<URL> jar = jarOf(launcher);
        ClassLoader loader = launcher.getClassLoader();
        if (!jar.isEmpty()) {
            loader = new ApplicationClassLoader(jar.toArray(URL[]::new), loader, SYSTEM_CLASSES);
            Thread.currentThread().setContextClassLoader(loader);
        }
        try {
            loader.loadClass(program).getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IOException("Cannot run %s".formatted(program), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot find %s in %s".formatted(program, jar), e);
        }
    }

    /**
     * The jar and its libraries: what {@code hadoop jar} unpacked, or, where the jar stands on a class path as with
     * Oozie or {@code java -cp}, what is unpacked here until the process ends. Nothing, where the program is no jar.
     */
    private static List<URL> jarOf(Class<?> launcher) throws IOException {
        if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader unpacked) {
            return List.of(unpacked.getURLs());
        }
        File jar = new File(URI.create(
                launcher.getProtectionDomain().getCodeSource().getLocation().toString()));
        if (!jar.isFile()) {
            return List.of();
        }
        File directory = Files.createTempDirectory("q-libraries").toFile();
        ShutdownHookManager.get().addShutdownHook(() -> FileUtil.fullyDelete(directory), DELETE_PRIORITY);
        RunJar.unJar(jar, directory, Pattern.compile("lib/[^/]+\\.jar"));
        List<URL> urls = new ArrayList<>(List.of(jar.toURI().toURL()));
        for (File library : FileUtil.listFiles(new File(directory, "lib"))) {
            urls.add(library.toURI().toURL());
        }
        return urls;
    }
}
