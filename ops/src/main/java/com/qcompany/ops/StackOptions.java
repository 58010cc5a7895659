package com.qcompany.ops;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.hadoop.net.NetUtils;

/**
 * What an embedded stack consists of besides HDFS, Kafka and HiveServer2, and where it keeps its data.
 *
 * @param dataDirectory directory of everything the stack keeps: HDFS blocks, metastore, client configuration, logs;
 *     created when absent, taken as it is when a stack used it before
 * @param yarn whether YARN and the job history run
 * @param oozie whether an Oozie server runs; it needs YARN
 * @param jobsOnYarn whether jobs run on YARN by default; otherwise on the local runner over HDFS, a second each
 * @param mail where Oozie sends mail, an SMTP server that takes it without authentication
 */
public record StackOptions(
        Path dataDirectory, boolean yarn, boolean oozie, boolean jobsOnYarn, InetSocketAddress mail) {

    public StackOptions {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        if ((jobsOnYarn || oozie) && !yarn) {
            throw new IllegalArgumentException("Cannot run jobs on YARN: the stack is without it (expected yarn=true)");
        }
    }

    /** Everything but Oozie, jobs on the local runner. */
    public static StackOptions in(Path dataDirectory) {
        return new StackOptions(dataDirectory, true, false, false, mailServer());
    }

    /** The same without YARN and job history: 4 s less to start. */
    public StackOptions withoutYarn() {
        return new StackOptions(dataDirectory, false, false, false, mail);
    }

    /** The same with YARN, and jobs on it. */
    public StackOptions withJobsOnYarn() {
        return new StackOptions(dataDirectory, true, oozie, true, mail);
    }

    /** Where the environment says that mail goes, in {@code Q_SMTP} as HOST:PORT; else the host's own mail server. */
    public static InetSocketAddress mailServer() {
        return NetUtils.createSocketAddr(System.getenv().getOrDefault("Q_SMTP", "127.0.0.1:25"), -1, "Q_SMTP");
    }

    /** The same with YARN and an Oozie server. */
    public StackOptions withOozie() {
        return new StackOptions(dataDirectory, true, true, jobsOnYarn, mail);
    }
}
