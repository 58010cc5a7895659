package com.qcompany.batch.ingest;

import static com.qcompany.warehouse.command.CommandLineSyntax.flag;
import static com.qcompany.warehouse.command.CommandLineSyntax.repeatable;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.batch.feed.Contracts;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.lang3.ArrayUtils;
import org.apache.hadoop.conf.Configuration;

/** The command line of an ingest over its configuration. */
record IngestArguments(
        LandingDirectory landing,
        LocalDateTime hour,
        boolean all,
        boolean once,
        Readiness readiness,
        List<String> setAside,
        List<String> takeBack,
        boolean abandon) {

    private static final String SET_ASIDE = "set-aside";
    private static final String TAKE_BACK = "take-back";
    private static final String ABANDON = "abandon";
    private static final Set<String> OTHER_WORK = Set.of(SET_ASIDE, TAKE_BACK, ABANDON);

    static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "ingest",
            new Options()
                    .addOption(flag("all", "ingest every waiting group, not the first one alone"))
                    .addOption(valued(
                            "hour", "HOUR", "nominal hour, uuuu-MM-ddTHH or uuuu-MM-dd-HH (default: the running hour)"))
                    .addOption(valued("landing", "DIR", "local directory of group folders (default: q.ingest.landing)"))
                    .addOption(flag(
                            "once",
                            "for schedulers: nothing if the hour has a group, and late groups along with its own"))
                    .addOption(flag("dims-only", "ingest overdue groups that lack nothing but their transactions"))
                    .addOption(flag("now", "ingest unmarked folders however young"))
                    .addOption(repeatable(SET_ASIDE, "NAME", "only leave out a folder as long as it does not change"))
                    .addOption(repeatable(TAKE_BACK, "NAME", "only undo --set-aside"))
                    .addOption(flag(ABANDON, "only give up what an earlier run began and cannot be completed")));

    /** Reads what {@link #SYNTAX} parsed. */
    static IngestArguments of(CommandLine line, Configuration conf, Clock clock) throws IOException {
        checkCombination(
                Arrays.stream(line.getOptions()).map(Option::getLongOpt).toList());
        FeedCatalog catalog = Contracts.of(conf);
        IngestArguments arguments = new IngestArguments(
                new LandingDirectory(
                        CommandLineSyntax.localPath(line.getOptionValue("landing", Settings.LANDING.get(conf))),
                        catalog),
                NominalHour.of(line.getOptionValue("hour"), clock, Settings.INGEST_ZONE.get(conf)),
                line.hasOption("all"),
                line.hasOption("once"),
                new Readiness(
                        catalog,
                        line.hasOption("now") ? Duration.ZERO : Settings.INGEST_QUIET.get(conf),
                        Settings.INGEST_GRACE.get(conf),
                        line.hasOption("dims-only")),
                List.of(ArrayUtils.nullToEmpty(line.getOptionValues(SET_ASIDE))),
                List.of(ArrayUtils.nullToEmpty(line.getOptionValues(TAKE_BACK))),
                line.hasOption(ABANDON));
        if (!arguments.abandon) {
            arguments.checkLanding();
        }
        return arguments;
    }

    private static void checkCombination(List<String> names) {
        boolean otherWork = names.stream().anyMatch(OTHER_WORK::contains);
        for (String name : names) {
            if (otherWork && !OTHER_WORK.contains(name) && !name.equals("landing")) {
                throw new UsageException(
                        "Cannot use --%s here: --set-aside, --take-back and --abandon ingest nothing (expected --landing alone)"
                                .formatted(name));
            }
        }
    }

    private void checkLanding() throws IOException {
        Path path = landing.path();
        if (!Files.isDirectory(path) || !Files.isReadable(path)) {
            throw new UsageException(
                    "Cannot read landing directory: %s (expected a directory of group folders; name it with --landing)"
                            .formatted(path));
        }
        if (!landing.looseFiles().isEmpty() && landing.entries().stream().noneMatch(Files::isDirectory)) {
            throw new UsageException(
                    "Cannot use landing directory: %s is a group itself (expected the folder that holds groups: --landing %s)"
                            .formatted(path, path.toAbsolutePath().normalize().getParent()));
        }
    }
}
