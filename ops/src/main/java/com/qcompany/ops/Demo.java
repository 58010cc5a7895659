package com.qcompany.ops;

import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;

/**
 * Program of {@code q demo}: groups come in hour by hour, app-log events by Kafka, and both become reports, every step's
 * command, result and time on standard output.
 *
 * <p>It runs on a stack of its own, which is gone afterwards; or on the running one, in a root directory, a database
 * and a topic of its own, which stay. What it writes locally stays below the directory of its options.
 */
public final class Demo {

    private Demo() {}

    /** Exits with the code of the first command that failed, or that of {@link ExitCode#OK}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        DemoOptions options;
        try {
            options = DemoOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.exit(DemoOptions.SYNTAX.refuse(e).code());
            return;
        }
        System.exit(run(options, System.out));
    }

    static int run(DemoOptions options, PrintStream out) throws IOException, InterruptedException {
        FileUtils.deleteDirectory(options.directory().toFile());
        Narration narration = new Narration(out);
        int code = options.running() ? runOnRunningStack(options, narration) : runOnOwnStack(options, narration);
        if (code == ExitCode.OK.code()) {
            narration.end(options.directory());
        }
        return code;
    }

    private static int runOnRunningStack(DemoOptions options, Narration narration) throws IOException {
        Configuration conf = Settings.configuration();
        String name = "demo_" + System.currentTimeMillis() / 1000;
        conf.set(Settings.ROOT.key(), "/" + name);
        conf.set(Settings.DATABASE.key(), name);
        conf.set(StreamSettings.TOPIC.key(), name);
        conf.set(StreamSettings.GROUP.key(), name);
        if (options.yarn()) {
            conf.set("mapreduce.framework.name", "yarn");
        }
        narration.say("Using the running stack: root %s, database and topic %s"
                .formatted(conf.get(Settings.ROOT.key()), name));
        return runOn(allPast(conf), options, narration);
    }

    private static int runOnOwnStack(DemoOptions options, Narration narration)
            throws IOException, InterruptedException {
        Path data = options.directory().resolve("stack");
        StackOptions every = StackOptions.in(data);
        narration.step("Start HDFS, HiveServer2 and Kafka in one process");
        try (EmbeddedStack stack =
                EmbeddedStack.start(options.yarn() ? every.withJobsOnYarn() : every.withoutYarn(), narration::say)) {
            return runOn(allPast(stack.clientConf()), options, narration);
        } finally {
            FileUtils.deleteDirectory(data.toFile());
        }
    }

    /** The hourly batch, then the app-log stream; to the end, even over a command that fails. */
    private static int runOn(Configuration conf, DemoOptions options, Narration narration) throws IOException {
        DemoCommands commands = new DemoCommands(conf, narration);
        narration.step("Create the database, its tables and views");
        commands.run("ddl");
        DemoPipelines pipelines = new DemoPipelines(options, conf, narration, commands);
        pipelines.batch();
        pipelines.stream(options.pages(), options.output("pages"));
        return commands.code();
    }

    /** Its events are of the past, so that every hour closes as soon as they are consumed. */
    static Configuration allPast(Configuration conf) {
        conf.set(StreamSettings.IDLE.key(), "0");
        conf.set(StreamSettings.GRACE.key(), "0");
        return conf;
    }
}
