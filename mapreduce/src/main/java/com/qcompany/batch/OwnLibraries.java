package com.qcompany.batch;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.MRJobConfig;

/** The rule that the job jar's libraries come before the cluster's, in the program and in its tasks. */
public final class OwnLibraries {

    /** What is always the cluster's; Hive's packages lie below Hadoop's name but come with the jar. */
    static final List<String> SYSTEM_CLASSES = List.of(
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

    private OwnLibraries() {}

    /** Makes tasks of a job ask the job jar first. The local runner's tasks run in the program itself. */
    public static void preferInTasks(Configuration conf) {
        if (!isLocal(conf)) {
            conf.setBoolean(MRJobConfig.MAPREDUCE_JOB_CLASSLOADER, true);
            conf.setStrings("mapreduce.job.classloader.system.classes", SYSTEM_CLASSES.toArray(String[]::new));
        }
    }

    /** Whether jobs run in the program's own process. */
    public static boolean isLocal(Configuration conf) {
        return MRConfig.LOCAL_FRAMEWORK_NAME.equals(conf.get(MRConfig.FRAMEWORK_NAME, MRConfig.LOCAL_FRAMEWORK_NAME));
    }
}
