package com.qcompany.batch.load;

import static com.qcompany.warehouse.command.CommandLineSyntax.required;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.SourceGroup;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code rejects replay}: judges rejected rows that break a rule again, after the contract or a reference was mended, and
 * loads those that are right now. What is loaded is marked in {@code rejected_rows} by the same publish, so a rerun
 * loads nothing twice; what is still bad stays, with the rules it breaks now. {@link ExitCode#NOTHING_TO_DO} where there is
 * no such row.
 */
public final class ReplayTool extends Configured implements Tool {
    private static final Option RULE = required("rule", "CODE", "rule that the rows break");
    private static final Option SINCE =
            valued("since", "uuuu-MM-dd-HH", "only rows of source hours from this one on, UTC");
    private static final CommandLineSyntax SYNTAX =
            CommandLineSyntax.of("rejects replay", new Options().addOption(RULE).addOption(SINCE));

    @Override
    public int run(String[] args) throws Exception {
        CommandLine line = SYNTAX.parseOptions(args);
        String since = SourceGroup.checkedHour(line.getOptionValue(SINCE, SourceGroup.FIRST_HOUR));
        Replay replay = new Replay(line.getOptionValue(RULE), since, Set.of());
        return WarehouseRun.locked(getConf(), "rejects replay", run -> new Load(run).replay(replay));
    }
}
