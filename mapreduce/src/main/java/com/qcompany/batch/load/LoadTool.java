package com.qcompany.batch.load;

import static com.qcompany.warehouse.command.CommandLineSyntax.flag;
import static com.qcompany.warehouse.command.CommandLineSyntax.repeatable;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.SourceGroup;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.lang3.ArrayUtils;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * Loads pending groups into the star schema.
 *
 * <p>Input: groups of the ledger that are not loaded. Output: published files of every table, see {@link Load}. A rerun
 * first completes or discards what an earlier run began, then loads what is still pending; with nothing pending it exits
 * with {@link ExitCode#NOTHING_TO_DO}.
 */
public final class LoadTool extends Configured implements Tool {

    private static final Option GROUP = repeatable("group", "NAME", "load only this group");
    private static final Option EXCEPT = repeatable("except", "NAME", "leave this group waiting");
    private static final Option UNTIL =
            valued("until", "uuuu-MM-dd-HH", "load only groups of nominal hours up to this one");
    private static final Option ACCEPT = flag("accept", "use contracts that break with those of the last load");
    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "load",
            new Options().addOption(GROUP).addOption(EXCEPT).addOption(UNTIL).addOption(ACCEPT));

    @Override
    public int run(String[] args) throws Exception {
        CommandLine line = SYNTAX.parseOptions(args);
        LocalDateTime until = SourceGroup.parseHour(line.getOptionValue(UNTIL, SourceGroup.LAST_HOUR));
        GroupSelection selection = new GroupSelection(names(line, GROUP), names(line, EXCEPT), until);
        return WarehouseRun.locked(getConf(), "load", run -> new Load(run).run(selection, line.hasOption(ACCEPT)));
    }

    private static Set<String> names(CommandLine line, Option option) {
        return Set.copyOf(List.of(ArrayUtils.nullToEmpty(line.getOptionValues(option))));
    }
}
