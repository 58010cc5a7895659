package com.qcompany.batch.merge;

import com.qcompany.batch.publish.Publisher;
import com.qcompany.batch.publish.Retention;
import com.qcompany.hive.Catalogs;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.time.Clock;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
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
        Configuration conf = getConf();
        Layout layout = Layout.of(conf);
        FileSystem fs = layout.root().getFileSystem(conf);
        Clock clock = Clock.systemUTC();
        try (Lease lease = Lease.acquire(fs, layout.warehouseLease(), "compact", conf);
                Catalog catalog = Catalogs.open(conf)) {
            Publisher publisher = new Publisher(fs, layout, catalog, lease::verify, conf);
            Snapshot before = publisher.recover();
            Snapshot after = new Merge(conf, fs, layout, publisher, clock).merge(before);
            new Retention(fs, layout, conf, clock).sweep(after);
            return (after.sequence() == before.sequence() ? ExitCode.NOTHING_TO_DO : ExitCode.OK).code();
        }
    }
}
