package com.qcompany.batch.publish;

import static com.qcompany.warehouse.command.CommandLineSyntax.required;

import com.qcompany.hive.Catalogs;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Program;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Tool;
import org.apache.parquet.filter2.predicate.FilterPredicate;

/**
 * {@code failure}: adds a row to {@code load_runs} that says which hour, which step and why, for a scheduler whose step
 * has failed for good. What the step itself left as {@link Layout#failure} goes before the given reason.
 *
 * <p>The same {@code --id} again adds nothing and exits with {@link ExitCode#NOTHING_TO_DO}; while a load runs it exits
 * with {@link ExitCode#LOCKED}.
 */
public final class FailureTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "failure",
            new Options()
                    .addOption(required("hour", "HOUR", "nominal hour of the step, uuuu-MM-dd-HH"))
                    .addOption(required("step", "NAME", "what failed, as in load"))
                    .addOption(required("reason", "TEXT", "why"))
                    .addOption(required("id", "ID", "what tells this failure from any other: the scheduler's id")));

    @Override
    public int run(String[] args) throws IOException {
        CommandLine line = SYNTAX.parseOptions(args);
        String hour = SourceGroup.checkedHour(line.getOptionValue("hour"));
        Layout layout = Layout.of(getConf());
        FileSystem fs = layout.root().getFileSystem(getConf());
        String step = line.getOptionValue("step");
        String runId =
                "failure-%s-%s".formatted(line.getOptionValue("id"), step).replaceAll("[^A-Za-z0-9._-]", "-");
        Path told = layout.failure(line.getOptionValue("id") + "@" + step);
        String reason = fs.exists(told) ? text(fs, told) : line.getOptionValue("reason");
        Program.explain(getConf(), reason);
        String message = "%s: %s".formatted(hour, reason);
        try (Lease lease = Lease.acquire(fs, layout.warehouseLease(), runId, getConf());
                Catalog catalog = Catalogs.open(getConf())) {
            Publisher publisher = new Publisher(fs, layout, catalog, lease::verify, getConf());
            Instant now = Clock.systemUTC().instant();
            ExitCode code = record(publisher, layout, new RunRow(runId, step, "failed", now, now), message);
            fs.delete(told, false);
            return code.code();
        }
    }

    private ExitCode record(Publisher publisher, Layout layout, RunRow run, String message) throws IOException {
        Snapshot before = publisher.recover();
        if (isRecorded(before, layout, run.runId())) {
            System.out.printf("Recorded already: %s%n", message);
            return ExitCode.NOTHING_TO_DO;
        }
        Row row = run.row().set("message", message);
        publisher.publish(before, new PublishRequest(run.runId(), "failure").append(run.stage(row, layout, getConf())));
        System.out.printf("Recorded that %s failed for %s%n", run.command(), message);
        return ExitCode.OK;
    }

    private static String text(FileSystem fs, Path file) throws IOException {
        try (InputStream in = fs.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private boolean isRecorded(Snapshot published, Layout layout, String runId) throws IOException {
        FilterPredicate ofRun = ParquetRows.anyOf("run_id", List.of(runId));
        for (DataFile file : DataFile.of(published, layout, StarSchema.LOAD_RUNS)) {
            if (ParquetRows.hasAny(file.table(), file.path(), getConf(), ofRun)) {
                return true;
            }
        }
        return false;
    }
}
