package com.qcompany.batch;

import com.qcompany.warehouse.command.JarLauncher;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.MRJobConfig;

/** The rule that the job jar's libraries come before the cluster's, in the program and in its tasks. */
public final class OwnLibraries {

    private OwnLibraries() {}

    /** Makes tasks of a job ask the job jar first. The local runner's tasks run in the program itself. */
    public static void preferInTasks(Configuration conf) {
        String framework = conf.get(MRConfig.FRAMEWORK_NAME, MRConfig.LOCAL_FRAMEWORK_NAME);
        if (!framework.equals(MRConfig.LOCAL_FRAMEWORK_NAME)) {
            conf.setBoolean(MRJobConfig.MAPREDUCE_JOB_CLASSLOADER, true);
            conf.setStrings(
                    "mapreduce.job.classloader.system.classes", JarLauncher.SYSTEM_CLASSES.toArray(String[]::new));
        }
    }
}
