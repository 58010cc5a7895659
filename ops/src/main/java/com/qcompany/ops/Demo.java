package com.qcompany.ops;

import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import org.apache.commons.cli.HelpFormatter;
import org.apache.commons.cli.ParseException;
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
    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        DemoOptions options;
        try {
            options = DemoOptions.parse(args);
        } catch (ParseException e) {
            usage(e);
            System.exit(ExitCode.USAGE.code());
            return;
        }
        System.exit(run(options, System.out));
    }

    /** Runs the demo and returns the exit code. */
    static int run(DemoOptions options, PrintStream out) throws IOException, InterruptedException, SQLException {
        FileUtils.deleteDirectory(options.directory().toFile());
        Narration narration = new Narration(out);
        int code = options.running() ? runOnRunningStack(options, narration) : runOnOwnStack(options, narration);
        if (code == ExitCode.OK.code()) {
            narration.end(options.directory());
        }
        return code;
    }

    private static int runOnRunningStack(DemoOptions options, Narration narration) throws IOException, SQLException {
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
        return new DemoScript(options, allPast(conf), narration).run();
    }

    private static int runOnOwnStack(DemoOptions options, Narration narration)
            throws IOException, InterruptedException, SQLException {
        Path data = options.directory().resolve("stack");
        StackOptions every = StackOptions.in(data);
        narration.step("Start HDFS, HiveServer2 and Kafka in one process");
        try (EmbeddedStack stack =
                EmbeddedStack.start(options.yarn() ? every.withJobsOnYarn() : every.withoutYarn(), narration::say)) {
            return new DemoScript(options, allPast(stack.clientConf()), narration).run();
        } finally {
            FileUtils.deleteDirectory(data.toFile());
        }
    }

    /** Its events are of the past, so that every hour closes as soon as they are consumed. */
    static Configuration allPast(Configuration conf) {
        conf.set(StreamSettings.IDLE.key(), "0");
        conf.set(StreamSettings.GRACE.key(), "0");
        return conf;
    }

    private static void usage(ParseException problem) {
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        err.println(problem.getMessage());
        new HelpFormatter().printHelp(err, 100, "q demo", "", DemoOptions.OPTIONS, 2, 2, "", true);
        err.flush();
    }
}
