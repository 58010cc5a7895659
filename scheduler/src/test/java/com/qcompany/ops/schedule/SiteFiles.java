package com.qcompany.ops.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;

/** The project's applications with job properties that lead to a local directory, and a job jar of a few bytes. */
final class SiteFiles {

    static final Path SCHEDULER = Path.of(System.getProperty("q.project.root", ".."), "scheduler");

    private final Path directory;
    private final Path jar;

    SiteFiles(Path directory) throws IOException {
        this.directory = directory;
        this.jar = directory.resolve("q-mapreduce.jar");
        Files.writeString(jar, "a jar");
    }

    Path jar() {
        return jar;
    }

    Path versions() {
        return directory.resolve("cluster/apps/q");
    }

    /** Settings that name all of it. */
    Configuration conf() {
        Configuration conf = new Configuration();
        conf.set("q.schedule.apps", SCHEDULER.resolve("apps").toString());
        conf.set(
                "q.schedule.properties", SCHEDULER.resolve("cluster.properties").toString());
        conf.set("q.schedule.jars", jar.toString());
        return conf;
    }

    /** A command line that runs a command against the local directory. */
    int run(String command, String... options) {
        String[] args = new String[options.length + 3];
        args[0] = command;
        args[1] = "-D";
        args[2] = "nameNode=" + directory.resolve("cluster").toUri().toString().replaceFirst("/$", "");
        System.arraycopy(options, 0, args, 3, options.length);
        return Main.run(conf(), args);
    }

    Released latest() throws IOException {
        return store().latest();
    }

    ReleaseStore store() throws IOException {
        Configuration conf = conf();
        conf.set(
                "nameNode",
                directory.resolve("cluster").toUri().toString().replaceFirst("/$", ""),
                "from command line");
        return new ReleaseStore(Site.of(new org.apache.commons.cli.CommandLine.Builder().build(), conf));
    }
}
