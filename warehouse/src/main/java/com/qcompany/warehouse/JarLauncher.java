package com.qcompany.warehouse;

import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URLClassLoader;
import java.util.List;
import org.apache.hadoop.util.ApplicationClassLoader;

/**
 * Runs a job jar's program with the jar's own libraries before those of the cluster.
 *
 * <p>A cluster's Hadoop may carry older copies of what the jar brings along. {@code hadoop jar} asks them first, so this
 * class, which needs nothing but Hadoop, loads the program anew by a loader that asks the jar first.
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

    private JarLauncher() {}

    /** Runs the {@code main} of a class, in the program's own loader where {@code hadoop jar} started this one. */
    public static void launch(String program, String[] args)
            throws MalformedURLException, ClassNotFoundException, NoSuchMethodException, IllegalAccessException,
                    InvocationTargetException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader instanceof URLClassLoader jar) {
            loader = new ApplicationClassLoader(jar.getURLs(), JarLauncher.class.getClassLoader(), SYSTEM_CLASSES);
            Thread.currentThread().setContextClassLoader(loader);
        }
        loader.loadClass(program).getMethod("main", String[].class).invoke(null, (Object) args);
    }
}
