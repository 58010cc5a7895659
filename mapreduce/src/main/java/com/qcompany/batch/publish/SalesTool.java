package com.qcompany.batch.publish;

import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.hive.HiveCatalog;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.Tool;

/**
 * {@code sales --as-of PUBLISH}: makes the view {@code sales_as_of_PUBLISH}, the sales as they were after a publish that is
 * retained. The merge that leaves its rows out drops the view. Run again, it makes the same view;
 * {@link ExitCode#LOCKED} while a load or merge runs.
 */
public final class SalesTool extends Configured implements Tool {
    private static final Option AS_OF = valued("as-of", "PUBLISH", "number of a publish; default: only list them");
    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("sales", new Options().addOption(AS_OF));

    @Override
    public int run(String[] args) throws IOException {
        CommandLine line = SYNTAX.parseOptions(args);
        long publish = CommandLineSyntax.wholeNumber(line, AS_OF.getLongOpt(), 0);
        Layout layout = Layout.of(getConf());
        FileSystem fs = layout.root().getFileSystem(getConf());
        try (Lease lease = Lease.acquire(fs, layout.warehouseLease(), "sales", getConf())) {
            List<Long> retained = new Retention(fs, layout, getConf(), Clock.systemUTC()).retained();
            if (!line.hasOption(AS_OF)) {
                System.out.printf("Retained are publishes %s.%n", shown(retained));
                return ExitCode.OK.code();
            }
            if (!retained.contains(publish)) {
                throw new UsageException("Cannot show the sales as of publish %d: it is not retained (expected %s)"
                        .formatted(publish, shown(retained)));
            }
            Snapshot state = Snapshots.read(fs, layout, publish);
            lease.verify();
            try (HiveCatalog catalog = HiveCatalog.open(getConf())) {
                System.out.printf(
                        "%s shows the sales as of publish %d.%n",
                        catalog.showSalesAsOf(state.mergedUpTo(), publish, state.addedColumns()), publish);
            }
            return ExitCode.OK.code();
        }
    }

    private static String shown(List<Long> retained) {
        return retained.isEmpty()
                ? "none, as nothing is published yet"
                : "%d to %d".formatted(retained.get(0), retained.get(retained.size() - 1));
    }
}
