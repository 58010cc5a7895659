package com.qcompany.ops.schedule;

import com.qcompany.ops.schedule.explain.ExplainTool;
import com.qcompany.warehouse.Program;
import com.qcompany.warehouse.Program.Command;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The commands: {@code hadoop jar q-scheduler.jar COMMAND [-D key=value] [options]}, in short {@code q schedule COMMAND}
 * and {@code q explain HOUR}. Hours are nominal, {@code uuuu-MM-dd-HH}, UTC. Exits with an
 * {@link com.qcompany.warehouse.ExitCode}.
 *
 * <p>{@code -D} also overrides what the file of job properties declares, as {@code -D nameNode=hdfs://other:8020}; a
 * deployed version keeps what it was deployed with.
 */
public final class Main {

    private static final Program PROGRAM = new Program(
            "q-scheduler.jar",
            List.of(
                    new Command("validate", "check applications and job properties", ValidateTool::new),
                    new Command("deploy", "check them and put them on the cluster as a version", DeployTool::new),
                    new Command("start", "submit the bundle", StartTool::new),
                    new Command("stop", "end the bundle, after what runs", StopTool::new),
                    new Command("pause", "begin nothing until resumed", SuspensionTool::pause),
                    new Command("resume", "go on where it was paused", SuspensionTool::resume),
                    new Command("status", "show coordinators and what has not succeeded", StatusTool::new),
                    new Command("rerun", "run hours again that have ended", RerunTool::new),
                    new Command("backfill", "run hours of the past", BackfillTool::new),
                    new Command("explain", "say what an hour waits for", ExplainTool::new)));

    private Main() {}

    /** Entry point; {@code q-site.xml} counts where it is on the class path. */
    public static void main(String[] args) throws IOException {
        PROGRAM.main(args);
    }

    /** Runs a command in this process and returns its exit code. */
    public static int run(Configuration base, String... args) {
        return PROGRAM.run(base, args);
    }
}
