package com.qcompany.ops;

import static com.qcompany.warehouse.command.CommandLineSyntax.flag;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.warehouse.command.CommandLineSyntax;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/**
 * The command line of the demo.
 *
 * @param directory local directory of what the demo writes; emptied first
 * @param raw the user's own folder of groups, only read; absent: groups are generated
 * @param yarn whether jobs run on YARN
 * @param running whether to use the running stack that the class path's configuration names
 */
record DemoOptions(Path directory, Optional<Path> raw, boolean yarn, boolean running) {

    static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "q demo",
            new Options()
                    .addOption(
                            valued("raw", "DIR", "run on your own groups: the sub-folders of DIR, which are only read"))
                    .addOption(flag("yarn", "run the jobs on YARN: some 10 s a job instead of 2 s"))
                    .addOption(flag("running", "use the running stack, in a root directory and database of its own"))
                    .addOption(valued(
                            "data", "DIR", "local directory for what the demo writes; emptied first (set by q)")));

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static DemoOptions parse(String... args) {
        CommandLine line = SYNTAX.parseOptions(args);
        return new DemoOptions(
                Path.of(line.getOptionValue("data", ".q/demo")).toAbsolutePath(),
                Optional.ofNullable(line.getOptionValue("raw")).map(Path::of),
                line.hasOption("yarn"),
                line.hasOption("running"));
    }

    /** The command that writes the pages: of two years beside the two before, or of all that is in the user's groups. */
    String[] pages() {
        String command = "report --html " + output("pages");
        return (raw.isPresent() ? command : command + " --from 2023-01-01 --to 2024-12-31").split(" ");
    }

    Path output(String name) {
        return directory.resolve(name);
    }
}
