package com.qcompany.batch;

import com.qcompany.warehouse.command.JarLauncher;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.MRJobConfig;

/** Entry point of the job jar: runs {@link Main} with the jar's own libraries before the cluster's, and has tasks do so. */
public final class Launcher {

    private Launcher() {}

    public static void main(String[] args) throws IOException {
        JarLauncher.launch(Launcher.class, "com.qcompany.batch.Main", args);
    }

    /**
     * Ships the job jar to a job's tasks, which ask it first. The local runner's tasks run in the program itself, and need
     * no copy of the jar.
     */
    public static void packageJob(Job job) {
        Configuration conf = job.getConfiguration();
        String framework = conf.get(MRConfig.FRAMEWORK_NAME, MRConfig.LOCAL_FRAMEWORK_NAME);
        if (!framework.equals(MRConfig.LOCAL_FRAMEWORK_NAME)) {
            job.setJarByClass(Launcher.class);
            conf.setBoolean(MRJobConfig.MAPREDUCE_JOB_CLASSLOADER, true);
            conf.setStrings(
                    "mapreduce.job.classloader.system.classes", JarLauncher.SYSTEM_CLASSES.toArray(String[]::new));
        }
    }
}
