package com.qcompany.ops;

import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The demo's app-log stream: send events, consume and close their hours, and compare reports with what was sent. */
record DemoStream(DemoOptions options, Configuration conf, Narration narration, DemoCommands commands) {

    /** Runs it. {@code report} is a command that writes the reports over the events, as CSV files of a directory. */
    void run(String[] report, Path reports) throws IOException {
        Path answers = options.output("answers.json");
        narration.step(
                "Send 100,000 app-log events of eight hours to Kafka: some late, broken, of a newer app, or no event at all");
        commands.run(("events produce --rate 0 --count 100000 --seed 7 --start 2024-07-04-18 --hours 8"
                        + " --late 0.02 --broken 0.02 --drift 0.05 --answers " + answers)
                .split(" "));
        narration.step("Land them as Parquet, each once; an hour that all events have passed becomes one file");
        commands.run("events", "consume", "--until-caught-up");
        commands.run("events", "compact");
        commands.run("events", "audit");
        narration.step("All reports, and all that operators look at, as pages");
        commands.run(report);
        narration.step("Do the counts add up? What the generator knows it sent against what Hive says");
        if (commands.hasFailed()) {
            narration.say("Not compared: a command has failed.");
            return;
        }
        List<DemoCheck> checks = new DemoAnswers(answers).compare(DemoIntake.of(conf), reports);
        narration.table(checks);
        if (!checks.stream().allMatch(DemoCheck::holds)) {
            narration.say("The counts do NOT add up.");
            commands.fail(ExitCode.CHECKS_FAILED.code());
        }
    }
}
