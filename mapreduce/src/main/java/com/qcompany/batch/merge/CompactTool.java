package com.qcompany.batch.merge;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.publish.Retention;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code compact}: merges the deltas of sales into the base and small files of other tables into few, and deletes what no
 * query reads any more.
 *
 * <p>Exits with {@link ExitCode#NOTHING_TO_DO} where there is nothing to merge and {@link ExitCode#LOCKED} while a load or
 * another merge runs.
 */
public final class CompactTool extends Configured implements Tool {
    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("compact", new Options());

    @Override
    public int run(String[] args) throws IOException {
        SYNTAX.parseOptions(args);
        return WarehouseRun.locked(getConf(), "compact", run -> {
            Snapshot before = run.recover();
            Snapshot after = new Merge(run).merge(before);
            new Retention(run.fs(), run.layout(), run.conf(), run.clock()).sweep(after);
            return after.sequence() == before.sequence() ? ExitCode.NOTHING_TO_DO : ExitCode.OK;
        });
    }
}
