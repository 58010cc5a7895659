package com.qcompany.ops.schedule;

import com.qcompany.ops.schedule.explain.ExplainTool;
import com.qcompany.warehouse.command.Program;
import com.qcompany.warehouse.command.Program.Command;
import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.hadoop.conf.Configuration;

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
                    command("validate", "", "check applications and job properties", DeployTool::validate),
                    command("deploy", "", "check them and put them on the cluster as a version", DeployTool::deploy),
                    command("start", "", "submit the bundle", StartTool::start, StartTool.OPTIONS),
                    command("stop", "", "end the bundle, after what runs", StopTool::stop, StopTool.NOW),
                    command("pause", "", "begin nothing until resumed", StopTool::pause),
                    command("resume", "", "go on where it was paused", StopTool::resume),
                    command(
                            "status",
                            "",
                            "show coordinators and what has not succeeded",
                            StatusTool::print,
                            StatusTool.HOURS),
                    command(
                            "rerun",
                            "HOUR|FROM..TO",
                            "run hours again that have ended",
                            RerunTool::rerun,
                            RerunTool.COORDINATOR),
                    command("backfill", "", "run hours of the past", BackfillTool::backfill, BackfillTool.OPTIONS),
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

    private static Command command(
            String name, String arguments, String summary, SiteCommand.Work work, Option... options) {
        return new Command(name, summary, () -> new SiteCommand(name, arguments, work, options));
    }
}
