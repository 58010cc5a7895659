package com.qcompany.batch.compact;

import com.qcompany.batch.publish.Publisher;
import com.qcompany.batch.publish.Retention;
import com.qcompany.hive.Catalogs;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.LeaseHeldException;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.Tool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code compact}: merges the files of partitions that have many, and deletes what was superseded long enough ago.
 *
 * <p>Exits with {@link ExitCode#NOTHING_TO_DO} where no partition needs it and {@link ExitCode#LOCKED} while a load or
 * another compaction runs.
 */
public final class CompactTool extends Configured implements Tool {

    private static final Logger LOG = LoggerFactory.getLogger(CompactTool.class);
    private static final String USAGE =
            """
            Usage: compact [--partition VALUE]... [--all]
              --partition VALUE  this partition only: a date of sales (uuuu-MM-dd), or a year of keys (uuuu)
              --all              every partition of more than one file
              default            every partition of more than q.compact.max-files files
            """;
    private static final CommandLineSyntax SYNTAX = new CommandLineSyntax(
            USAGE,
            new Options()
                    .addOption(Option.builder().longOpt("partition").hasArg().build())
                    .addOption(Option.builder().longOpt("all").build()));

    @Override
    public int run(String[] args) throws IOException {
        CommandLine line;
        try {
            line = SYNTAX.parseOptions(args);
            if (line.hasOption("all") && line.hasOption("partition")) {
                throw new IllegalArgumentException("Cannot combine " + String.join(" ", args));
            }
        } catch (IllegalArgumentException e) {
            return SYNTAX.refuse(e).code();
        }
        return runUnderLease(line).code();
    }

    private ExitCode runUnderLease(CommandLine line) throws IOException {
        Configuration conf = getConf();
        Layout layout = Layout.of(conf);
        FileSystem fs = layout.root().getFileSystem(conf);
        try (Lease lease = Lease.acquire(fs, layout.warehouseLease(), "compact", conf);
                Catalog catalog = Catalogs.open(conf)) {
            Publisher publisher = new Publisher(fs, layout, catalog, lease::verify, conf);
            Snapshot before = publisher.recover();
            List<PublishedPartition> chosen;
            try {
                chosen = choose(line, before);
            } catch (IllegalArgumentException e) {
                System.err.println(e.getMessage());
                return ExitCode.USAGE;
            }
            Snapshot after = new Compactor(conf, fs, layout, publisher, Clock.systemUTC()).compact(before, chosen);
            new Retention(fs, layout, conf, Clock.systemUTC()).sweep(after);
            int statistics = Settings.STATISTICS_PER_LOAD.get(conf);
            if (statistics > 0) {
                lease.verify();
                catalog.refreshStatistics(after, statistics);
            }
            return chosen.isEmpty() ? ExitCode.NOTHING_TO_DO : ExitCode.OK;
        } catch (LeaseHeldException e) {
            LOG.error("{}", e.getMessage());
            return ExitCode.LOCKED;
        }
    }

    private List<PublishedPartition> choose(CommandLine line, Snapshot before) {
        List<PublishedPartition> published = PublishedPartition.of(before);
        if (line.hasOption("partition")) {
            return named(published, Set.of(line.getOptionValues("partition")));
        }
        int most = line.hasOption("all") ? 1 : Settings.COMPACT_MAX_FILES.get(getConf());
        return published.stream()
                .filter(partition -> partition.state().files() > most)
                .toList();
    }

    private static List<PublishedPartition> named(List<PublishedPartition> published, Set<String> names) {
        Set<String> known = published.stream().map(PublishedPartition::key).collect(Collectors.toSet());
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "Cannot compact partition %s: it is not published (expected one of %d dates and years)"
                                .formatted(name, known.size()));
            }
        }
        return published.stream()
                .filter(partition -> names.contains(partition.key()))
                .toList();
    }
}
