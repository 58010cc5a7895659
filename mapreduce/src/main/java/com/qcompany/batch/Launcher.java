package com.qcompany.batch;

import com.qcompany.warehouse.command.JarLauncher;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.MRJobConfig;

/** Entry point of the job jar: runs {@link Main} with the jar's own libraries before the cluster's, and has tasks do so. */
public final class Launcher {

    private Launcher() {}

    public static void main(String[] args) throws IOException {
        JarLauncher.launch(Launcher.class, "com.qcompany.batch.Main", args);
    }

    /** Makes tasks of a job ask the job jar first. The local runner's tasks run in the program itself. */
    public static void preferOwnLibraries(Configuration conf) {
        String framework = conf.get(MRConfig.FRAMEWORK_NAME, MRConfig.LOCAL_FRAMEWORK_NAME);
        if (!framework.equals(MRConfig.LOCAL_FRAMEWORK_NAME)) {
            conf.setBoolean(MRJobConfig.MAPREDUCE_JOB_CLASSLOADER, true);
            conf.setStrings(
                    "mapreduce.job.classloader.system.classes", JarLauncher.SYSTEM_CLASSES.toArray(String[]::new));
        }
    }
}
