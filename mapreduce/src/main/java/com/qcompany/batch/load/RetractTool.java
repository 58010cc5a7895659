package com.qcompany.batch.load;

import static com.qcompany.warehouse.command.CommandLineSyntax.required;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.SourceGroup;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code retract} and {@code restore}: take a loaded group back, or undo that, see {@link RetractionRun}. What was done
 * already is done no more: {@link ExitCode#NOTHING_TO_DO}.
 */
public final class RetractTool extends Configured implements Tool {
    private static final Option GROUP = required("group", "NAME", "group, as NAME or NAME@VERSION");
    private static final Option HOUR = valued("hour", "uuuu-MM-dd-HH", "its nominal hour, UTC");
    private static final Option REASON = valued("reason", "TEXT", "why, for load_runs and restatements");

    private final boolean restores;

    private RetractTool(boolean restores) {
        this.restores = restores;
    }

    public static RetractTool retract() {
        return new RetractTool(false);
    }

    public static RetractTool restore() {
        return new RetractTool(true);
    }

    @Override
    public int run(String[] args) throws Exception {
        CommandLineSyntax syntax = CommandLineSyntax.of(
                restores ? "restore" : "retract",
                new Options().addOption(GROUP).addOption(HOUR).addOption(REASON));
        CommandLine line = syntax.parseOptions(args);
        RetractionRequest request = new RetractionRequest(
                line.getOptionValue(GROUP),
                Optional.ofNullable(line.getOptionValue(HOUR)).map(SourceGroup::checkedHour),
                restores,
                line.getOptionValue(REASON, ""));
        return WarehouseRun.locked(getConf(), request.command(), run -> new RetractionRun(run, request).run());
    }
}
