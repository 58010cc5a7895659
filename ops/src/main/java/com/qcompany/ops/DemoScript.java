package com.qcompany.ops;

import java.io.IOException;
import java.sql.SQLException;
import org.apache.hadoop.conf.Configuration;

/** What the demo does on a stack: the hourly batch, then the app-log stream. */
final class DemoScript {

    private final DemoOptions options;
    private final Configuration conf;
    private final Narration narration;

    DemoScript(DemoOptions options, Configuration conf, Narration narration) {
        this.options = options;
        this.conf = conf;
        this.narration = narration;
    }

    /** Runs it to the end, even over a command that fails; returns the exit code of the first that did. */
    int run() throws IOException, SQLException {
        DemoCommands commands = new DemoCommands(conf, narration);
        narration.step("Create the database, its tables and views");
        commands.run("ddl");
        new DemoBatch(options, conf, narration, commands).run();
        new DemoStream(options, conf, narration, commands).run(options.pages(), options.output("pages"));
        return commands.code();
    }
}
