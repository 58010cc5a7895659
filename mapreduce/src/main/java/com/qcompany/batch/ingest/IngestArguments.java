package com.qcompany.batch.ingest;

import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configuration;

/**
 * The command line of an ingest over its configuration.
 *
 * @param landing landing directory
 * @param hour nominal hour, UTC
 * @param all whether every waiting group is taken, not the first one alone
 * @param once whether nothing is taken for an hour that has a group already
 * @param readiness when a folder is taken
 */
record IngestArguments(LandingDirectory landing, LocalDateTime hour, boolean all, boolean once, Readiness readiness) {

    static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "ingest",
            new Options()
                    .addOption(null, "all", false, "take every waiting group, not the first one alone")
                    .addOption(valued(
                            "hour", "HOUR", "nominal hour, uuuu-MM-ddTHH or uuuu-MM-dd-HH (default: the running hour)"))
                    .addOption(valued("landing", "DIR", "local directory of group folders (default: q.ingest.landing)"))
                    .addOption(
                            null, "once", false, "take nothing if the hour has a group: a repeated run changes nothing")
                    .addOption(null, "dims-only", false, "take overdue groups that lack nothing but their transactions")
                    .addOption(null, "now", false, "take unmarked folders however young"));

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if an option is unknown or lacks its value, or the value cannot be used
     */
    static IngestArguments parse(String[] args, Configuration conf, Clock clock) {
        CommandLine line = SYNTAX.parseOptions(args);
        FeedCatalog catalog = FeedCatalog.bundled();
        ZoneId zone = Settings.INGEST_ZONE.get(conf);
        String hour = line.getOptionValue("hour");
        return new IngestArguments(
                new LandingDirectory(Path.of(line.getOptionValue("landing", Settings.LANDING.get(conf))), catalog),
                hour == null ? NominalHour.now(clock, zone) : NominalHour.parse(hour, zone),
                line.hasOption("all"),
                line.hasOption("once"),
                new Readiness(
                        catalog,
                        line.hasOption("now") ? Duration.ZERO : Settings.INGEST_QUIET.get(conf),
                        Settings.INGEST_GRACE.get(conf),
                        line.hasOption("dims-only")));
    }
}
