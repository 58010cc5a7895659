package com.qcompany.ops.schedule;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.apache.oozie.client.OozieClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command on a {@link Site}: reads its options, and says in one line that Oozie does not answer, or what it refused. */
final class SiteCommand extends Configured implements Tool {

    private static final Logger LOG = LoggerFactory.getLogger(SiteCommand.class);

    /** What it does, and how that ended. */
    @FunctionalInterface
    interface Work {
        ExitCode run(CommandLine line, Site site) throws Exception;
    }

    private final CommandLineSyntax syntax;
    private final boolean hasArguments;
    private final Work work;

    /**
     * A command.
     *
     * @param arguments what follows its name beside options; empty where nothing may
     * @param more its options beside those that every command has
     */
    SiteCommand(String name, String arguments, Work work, Option... more) {
        Options options = Site.options();
        Stream.of(more).forEach(options::addOption);
        this.syntax =
                CommandLineSyntax.of("schedule %s %s".formatted(name, arguments).strip(), options);
        this.hasArguments = !arguments.isEmpty();
        this.work = work;
    }

    @Override
    public int run(String[] args) throws Exception {
        CommandLine line = hasArguments ? syntax.parse(args) : syntax.parseOptions(args);
        try {
            return work.run(line, Site.of(line, getConf())).code();
        } catch (OozieClientException e) {
            System.err.printf(
                    "Cannot do this with Oozie at %s: %s (%s names its address)%n",
                    Settings.SCHEDULE_OOZIE_URL.get(getConf()), e.getMessage(), Settings.SCHEDULE_OOZIE_URL.key());
            LOG.debug("Oozie refused", e);
            return ExitCode.FAILED.code();
        }
    }
}
