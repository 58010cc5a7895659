package com.qcompany.stream.replay;

import com.qcompany.warehouse.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.HelpFormatter;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.OptionGroup;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code replay --hour uuuu-MM-dd-HH [--code CODE] | --dead-letters}: sends events that were rejected in an hour (of
 * their records' time, UTC), or all dead letters, to their topic again as they were received.
 *
 * <p>Every rejected event is sent once per code filter: a rerun finds what was sent. Exit codes: ok, or nothing to do.
 */
public final class ReplayTool extends Configured implements Tool {

    private static final Options OPTIONS = options();

    @Override
    public int run(String[] args) throws IOException, InterruptedException {
        CommandLine line;
        try {
            line = new DefaultParser().parse(OPTIONS, args);
        } catch (ParseException e) {
            usage(e);
            return ExitCode.USAGE.code();
        }
        long sent = line.hasOption("hour")
                ? new TableReplay(getConf(), Optional.ofNullable(line.getOptionValue("code")))
                        .replay(line.getOptionValue("hour"))
                : new DeadLetterReplay(getConf()).replay();
        System.out.printf("Sent %,d events to be consumed again%n", sent);
        return (sent > 0 ? ExitCode.OK : ExitCode.NOTHING_TO_DO).code();
    }

    private static Options options() {
        OptionGroup source = new OptionGroup();
        source.setRequired(true);
        source.addOption(Option.builder()
                .longOpt("hour")
                .hasArg()
                .argName("uuuu-MM-dd-HH")
                .desc("rows of rejected_rows of this hour")
                .build());
        source.addOption(Option.builder()
                .longOpt("dead-letters")
                .desc("all of the dead-letter topic that was not replayed yet")
                .build());
        return new Options()
                .addOptionGroup(source)
                .addOption(null, "code", true, "only rows refused for this reason, such as type_mismatch");
    }

    private static void usage(ParseException problem) {
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        err.println(problem.getMessage());
        new HelpFormatter().printHelp(err, 100, "q events replay", "", OPTIONS, 2, 2, "", true);
        err.flush();
    }
}
