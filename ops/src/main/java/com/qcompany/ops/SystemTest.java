package com.qcompany.ops;

import com.qcompany.ops.daemons.DaemonStack;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Program;
import com.qcompany.warehouse.command.Settings;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Program of {@code q test --daemons}: the bundle over 24 past hours on the running daemons, of which Oozie, the
 * NodeManager and HiveServer2 are killed on the way; then every figure is compared with what the generators know.
 *
 * <p>Usage: {@code SystemTest DATA_DIRECTORY}, that of the daemons; the warehouse has to be empty. Exit code 4 when a
 * figure is wrong.
 */
public final class SystemTest {

    private SystemTest() {}

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        Configuration conf = Demo.allPast(Settings.configuration());
        Program.logIn(conf);
        System.exit(run(data, conf, new Narration(System.out)));
    }

    private static int run(Path data, Configuration conf, Narration narration) throws Exception {
        DemoCommands commands = new DemoCommands(conf, narration);
        ScheduledDay day = new ScheduledDay(conf, data, narration, commands);
        DaemonStack stack = DaemonStack.in(data);
        day.prepare();
        day.start();
        narration.step(
                "Kill a server with signal 9 when 6, 12 and 18 hours are taken in, and wait until 24 are loaded");
        int hours = 0;
        for (String victim : List.of("Oozie", "NodeManager", "HiveServer2")) {
            hours += ScheduledDay.HOURS / 4;
            day.awaitTaken(hours);
            narration.say("Killing %s".formatted(victim));
            stack.kill(victim);
            stack.up(victim, narration::say);
        }
        day.awaitLoaded(ScheduledDay.HOURS);
        day.awaitReports();
        boolean right = day.compare();
        day.measureLatency();
        narration.step("Memory of each server");
        System.out.print(stack.statusTable());
        day.stop();
        return commands.hasFailed() ? commands.code() : right ? ExitCode.OK.code() : ExitCode.CHECKS_FAILED.code();
    }
}
