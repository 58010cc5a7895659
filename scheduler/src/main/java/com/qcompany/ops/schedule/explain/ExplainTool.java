package com.qcompany.ops.schedule.explain;

import com.qcompany.ops.schedule.NominalHours;
import com.qcompany.ops.schedule.OozieJobs;
import com.qcompany.ops.schedule.ReleaseStore;
import com.qcompany.ops.schedule.Site;
import com.qcompany.ops.schedule.explain.Finding.State;
import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.functional.CommonCallableSupplier;
import org.apache.hadoop.util.functional.FutureIO;
import org.apache.oozie.client.OozieClientException;

/**
 * {@code explain HOUR}: says in a few sentences what a nominal hour waits for: its group, leases, Oozie, the last error.
 * Reads only. Where Oozie does not answer, or nothing is deployed, it says so and tells the rest.
 *
 * <p>Exits with {@link com.qcompany.warehouse.command.ExitCode#OK} where the hour is done, {@link com.qcompany.warehouse.command.ExitCode#NOTHING_TO_DO} while it waits and
 * {@link com.qcompany.warehouse.command.ExitCode#CHECKS_FAILED} where it has failed and an operator is needed.
 */
public final class ExplainTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX =
            CommandLineSyntax.of("explain HOUR (uuuu-MM-dd-HH, UTC)", Site.options());

    @Override
    public int run(String[] args) throws IOException {
        CommandLine line = SYNTAX.parse(args);
        if (line.getArgList().size() != 1) {
            throw new UsageException("Cannot explain: %s (expected one hour)".formatted(line.getArgList()));
        }
        LocalDateTime hour = SourceGroup.parseHour(line.getArgList().get(0));
        // Oozie is asked while files are read: each takes some tenths of a second.
        Future<List<Finding>> asked = CommonCallableSupplier.submit(ForkJoinPool.commonPool(), () -> oozie(line, hour));
        Configuration conf = getConf();
        Layout layout = Layout.of(conf);
        FileSystem fs = layout.root().getFileSystem(conf);
        OtherFindings other = new OtherFindings(new StreamFiles(conf, fs, layout));
        List<Finding> others = new ArrayList<>(other.leases(Settings.LEASE_TIMEOUT.get(conf), Instant.now()));
        others.add(other.appLog(eventHour(hour, StreamSettings.ZONE.get(conf))));
        List<Finding> batch = new BatchFindings(fs, layout, conf).of(hour);
        List<Finding> runs = new RunFindings(fs, layout, conf).of(hour);
        List<Finding> oozie = FutureIO.awaitFuture(asked);
        State state = state(batch, runs, oozie);
        System.out.printf("%s %s%n", SourceGroup.HOUR.format(hour), state.verdict);
        Stream.of(batch, oozie, runs, others)
                .flatMap(List::stream)
                .forEach(finding -> System.out.printf("  %s%n", finding.sentence()));
        return state.exitCode.code();
    }

    /** What all of it means. Of the runs the last counts, as long as the hour is not loaded. */
    private static State state(List<Finding> batch, List<Finding> runs, List<Finding> oozie) {
        boolean isLoaded = batch.stream().allMatch(finding -> finding.state() == State.FINE);
        return Stream.of(batch.stream(), runs.stream().limit(isLoaded ? 0 : 1), oozie.stream())
                .flatMap(findings -> findings)
                .map(Finding::state)
                .max(Comparator.naturalOrder())
                .orElse(State.FINE);
    }

    private List<Finding> oozie(CommandLine line, LocalDateTime hour) throws IOException {
        List<String> coordinators;
        try {
            coordinators = new ReleaseStore(Site.of(line, getConf())).latest().coordinatorNames();
        } catch (UsageException e) {
            return List.of(Finding.fine("Oozie runs nothing of the platform: " + e.getMessage()));
        }
        NominalHours hours = NominalHours.parse(SourceGroup.HOUR.format(hour));
        try {
            Layout layout = Layout.of(getConf());
            boolean isLoaded = layout.root().getFileSystem(getConf()).exists(layout.loadedFlag(hour));
            return new OozieFindings(OozieJobs.of(getConf()), coordinators, isLoaded).of(hours);
        } catch (OozieClientException e) {
            return List.of(Finding.fine("Oozie does not answer at %s: %s"
                    .formatted(Settings.SCHEDULE_OOZIE_URL.get(getConf()), e.getMessage())));
        }
    }

    /** The app log's hours are those of its own zone. */
    private static EventHour eventHour(LocalDateTime hour, ZoneId zone) {
        LocalDateTime local =
                hour.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone).toLocalDateTime();
        return EventHour.parse(SourceGroup.HOUR.format(local));
    }
}
