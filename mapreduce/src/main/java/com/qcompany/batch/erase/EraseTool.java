package com.qcompany.batch.erase;

import static com.qcompany.warehouse.command.CommandLineSyntax.required;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.feed.Contracts;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.ingest.Erasures;
import com.qcompany.batch.ingest.Erasures.Erasure;
import com.qcompany.batch.ingest.IngestTool;
import com.qcompany.batch.ingest.Ledger;
import com.qcompany.batch.publish.RunRow;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.Tool;

/**
 * {@code erase}: takes out of every file of the warehouse who a customer is, see {@link ErasureRun}, and writes a proof. It
 * waits for epochs of the consumer that have refused records, since these may be the customer's. A run that is killed, or
 * finds the warehouse or the app log locked ({@link ExitCode#LOCKED}), has begun it: the next one, or the next load, completes it.
 * A repeated run goes on with one that is begun.
 * {@link ExitCode#NOTHING_TO_DO} where nothing says who the customer is; nothing will, all the same.
 */
public final class EraseTool extends Configured implements Tool {
    private static final Option CUSTOMER = required("customer", "ID", "customer_id");
    private static final long LOOK_MILLIS = 200;
    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("erase", new Options().addOption(CUSTOMER));

    @Override
    public int run(String[] args) throws IOException, InterruptedException {
        int customer = customer(SYNTAX.parseOptions(args).getOptionValue(CUSTOMER));
        Layout layout = Layout.of(getConf());
        FileSystem fs = layout.root().getFileSystem(getConf());
        Erasures erasures = new Erasures(fs, layout);
        Erasure erasure = erasures.begun().stream()
                .filter(begun -> begun.customer() == customer)
                .findFirst()
                .orElseGet(() -> new Erasure(customer, RunRow.id("erase", Instant.now())));
        requireFeeds(Ledger.open(fs, layout));
        IngestTool.begin(erasure, getConf());
        int code = complete(erasures, erasure);
        boolean again = code == ExitCode.LOCKED.code() && epochsArePublished(erasures, erasure);
        return again ? complete(erasures, erasure) : code;
    }

    /** Before anything is erased: without its contract nobody knows which values of a file tell of a person. */
    private void requireFeeds(Ledger ledger) throws IOException {
        FeedCatalog feeds = Contracts.of(getConf());
        for (GroupRecord group : ledger.pending(Snapshot.empty())) {
            group.files().forEach(file -> feeds.feed(file.feed()));
        }
    }

    private int complete(Erasures erasures, Erasure erasure) throws IOException {
        return WarehouseRun.locked(getConf(), "erase", run -> {
            run.begin(false);
            return erasures.removed(erasure)
                    .map(removed -> removed ? ExitCode.OK : ExitCode.NOTHING_TO_DO)
                    .orElse(ExitCode.LOCKED);
        });
    }

    /** Waits without a lease as long as a running consumer takes to publish its epochs; whether it had some and has. */
    private boolean epochsArePublished(Erasures erasures, Erasure erasure) throws IOException, InterruptedException {
        if (erasures.unpublishedEpochs(erasure).isEmpty()) {
            return false;
        }
        Duration limit = StreamSettings.FLUSH_INTERVAL.get(getConf()).multipliedBy(2);
        System.out.printf("Waiting up to %d s for that.%n", limit.toSeconds());
        Instant end = Instant.now().plus(limit);
        while (Instant.now().isBefore(end)) {
            Thread.sleep(LOOK_MILLIS);
            if (erasures.unpublishedEpochs(erasure).isEmpty()) {
                return true;
            }
        }
        return false;
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
