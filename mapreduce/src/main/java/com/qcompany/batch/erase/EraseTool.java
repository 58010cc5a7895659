package com.qcompany.batch.erase;

import static com.qcompany.warehouse.command.CommandLineSyntax.required;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.ingest.Erasures;
import com.qcompany.batch.ingest.Erasures.Erasure;
import com.qcompany.batch.ingest.IngestTool;
import com.qcompany.batch.publish.RunRow;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.time.Instant;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code erase}: takes out of every file of the warehouse who a customer is, see {@link ErasureRun}, and writes a proof. A
 * run that is killed or finds the warehouse locked has begun it: the next one, or the next load, completes it.
 * {@link ExitCode#NOTHING_TO_DO} where nothing says who the customer is; nothing will, all the same.
 */
public final class EraseTool extends Configured implements Tool {
    private static final Option CUSTOMER = required("customer", "ID", "customer_id");
    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("erase", new Options().addOption(CUSTOMER));

    @Override
    public int run(String[] args) throws IOException {
        int customer = customer(SYNTAX.parseOptions(args).getOptionValue(CUSTOMER));
        Erasure erasure = new Erasure(customer, RunRow.id("erase", Instant.now()));
        IngestTool.begin(erasure, getConf());
        return WarehouseRun.locked(getConf(), "erase", run -> {
            run.begin(false);
            boolean removed = new Erasures(run.fs(), run.layout()).removed(erasure);
            return removed ? ExitCode.OK : ExitCode.NOTHING_TO_DO;
        });
    }

    private static int customer(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UsageException(
                    "Cannot erase customer %s (expected a customer_id, a whole number)".formatted(text), e);
        }
    }
}
