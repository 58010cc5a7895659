package com.qcompany.ops.schedule;

import com.qcompany.ops.schedule.explain.ExplainTool;
import com.qcompany.warehouse.command.Program;
import com.qcompany.warehouse.command.Program.Command;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.Tool;

/**
 * The commands: {@code hadoop jar q-scheduler.jar COMMAND [-D key=value] [options]}, in short {@code q schedule COMMAND}
 * and {@code q explain HOUR}. Hours are nominal, {@code uuuu-MM-dd-HH}, UTC. Exits with an
 * {@link com.qcompany.warehouse.command.ExitCode}.
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
                    byOozie("start", "submit the bundle", StartTool::new),
                    byOozie("stop", "end the bundle, after what runs", StopTool::new),
                    byOozie("pause", "begin nothing until resumed", SuspensionTool::pause),
                    byOozie("resume", "go on where it was paused", SuspensionTool::resume),
                    byOozie("status", "show coordinators and what has not succeeded", StatusTool::new),
                    byOozie("rerun", "run hours again that have ended", RerunTool::new),
                    byOozie("backfill", "run hours of the past", BackfillTool::new),
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

    private static Command byOozie(String name, String summary, Supplier<Tool> tool) {
        return new Command(name, summary, () -> new OozieCommand(tool.get()));
    }
}
