package com.qcompany.batch.load;

import static com.qcompany.warehouse.command.CommandLineSyntax.required;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.hive.Catalogs;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.LeaseHeldException;
import com.qcompany.warehouse.state.SourceGroup;
import java.time.Clock;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.Tool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code rejects replay}: judges rejected rows that break a rule again, after the contract or a reference was mended, and
 * loads those that are right now. What is loaded is marked in {@code rejected_rows} by the same publish, so a rerun
 * loads nothing twice; what is still bad stays, with the rules it breaks now. {@link ExitCode#NOTHING_TO_DO} where there is
 * no such row.
 */
public final class ReplayTool extends Configured implements Tool {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayTool.class);
    private static final Option RULE = required("rule", "CODE", "rule that the rows break");
    private static final Option SINCE =
            valued("since", "uuuu-MM-dd-HH", "only rows of source hours from this one on, UTC");
    private static final CommandLineSyntax SYNTAX =
            CommandLineSyntax.of("rejects replay", new Options().addOption(RULE).addOption(SINCE));

    @Override
    public int run(String[] args) throws Exception {
        Replay replay;
        try {
            CommandLine line = SYNTAX.parseOptions(args);
            String since = line.getOptionValue(SINCE);
            replay = new Replay(line.getOptionValue(RULE), since == null ? "" : SourceGroup.checkedHour(since));
        } catch (IllegalArgumentException e) {
            return SYNTAX.refuse(e).code();
        }
        Layout layout = Layout.of(getConf());
        FileSystem fs = layout.root().getFileSystem(getConf());
        try (Lease lease = Lease.acquire(fs, layout.warehouseLease(), "rejects replay", getConf());
                Catalog catalog = Catalogs.open(getConf())) {
            return new Load(getConf(), fs, layout, catalog, lease, Clock.systemUTC())
                    .replay(replay)
                    .code();
        } catch (LeaseHeldException e) {
            LOG.error("{}", e.getMessage());
            return ExitCode.LOCKED.code();
        }
    }
}
