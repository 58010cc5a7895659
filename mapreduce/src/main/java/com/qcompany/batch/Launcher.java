package com.qcompany.batch;

import java.net.URL;
import java.net.URLClassLoader;
import org.apache.hadoop.util.ApplicationClassLoader;

/**
 * Entry point of the job jar: runs {@link Main} with the jar's own libraries before those of the cluster.
 *
 * <p>A cluster's Hadoop may carry older copies of what the jar brings along. {@code hadoop jar} asks them first, so this
 * class, which needs nothing but Hadoop, loads the program anew by a loader that asks the jar first. Tasks get the same
 * by {@code mapreduce.job.classloader}.
 */
public final class Launcher {

    private Launcher() {}

    /** Runs a command; see {@link Main}. */
    public static void main(String[] args) throws Exception {
        ClassLoader given = Thread.currentThread().getContextClassLoader();
        if (given instanceof URLClassLoader jar) {
            URL[] urls = jar.getURLs();
            ClassLoader own =
                    new ApplicationClassLoader(urls, Launcher.class.getClassLoader(), OwnLibraries.SYSTEM_CLASSES);
            Thread.currentThread().setContextClassLoader(own);
            own.loadClass("com.qcompany.batch.Main")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
        } else {
            Main.main(args);
        }
    }
}
