package com.qcompany.batch.ingest;

import com.qcompany.batch.publish.LeaseCheck;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.LeaseHeldException;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.Tool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code ingest}: takes group folders from the local landing directory into the raw zone and records them in the
 * ledger, in natural order, one a call or all that are ready.
 *
 * <p>Input: {@code LANDING/GROUP/*.csv}, only read. Output: {@code raw/uuuu/MM/dd/HH/GROUP/} with {@code _SUCCESS} and
 * a record in {@code state/ledger}. Running it again takes what is left; killed anywhere, the next run completes or
 * repeats what was begun. With {@code --once} a repeated run takes nothing more for its hour. Two at once: the second stops with {@link ExitCode#LOCKED}.
 *
 * <p>Exit codes: OK if a group was taken or recorded as a duplicate, FAILED if one could not be read (the others go
 * on), NOTHING_TO_DO, USAGE, LOCKED.
 */
public final class IngestTool extends Configured implements Tool {

    private static final Logger LOG = LoggerFactory.getLogger(IngestTool.class);

    private final Clock clock;
    private final PrintStream out;

    public IngestTool() {
        this(Clock.systemUTC(), System.out);
    }

    IngestTool(Clock clock, PrintStream out) {
        this.clock = clock;
        this.out = out;
    }

    @Override
    public int run(String[] args) throws IOException {
        IngestArguments arguments;
        try {
            arguments = IngestArguments.parse(args, getConf(), clock);
        } catch (IllegalArgumentException e) {
            return IngestArguments.SYNTAX.refuse(e).code();
        }
        Layout layout = Layout.of(getConf());
        FileSystem fs = layout.root().getFileSystem(getConf());
        try (Lease lease = Lease.acquire(fs, layout.state("leases/ingest"), "ingest", getConf())) {
            return ingest(arguments, fs, layout, lease::verify).code();
        } catch (LeaseHeldException e) {
            LOG.error("{}", e.getMessage());
            return ExitCode.LOCKED.code();
        }
    }

    private ExitCode ingest(IngestArguments arguments, FileSystem fs, Layout layout, LeaseCheck leaseCheck)
            throws IOException {
        Configuration conf = getConf();
        Ledger ledger = Ledger.open(fs, layout);
        GroupIngest groups = new GroupIngest(
                fs,
                layout,
                ledger,
                new RawZone(fs, layout, Settings.INGEST_THREADS.get(conf)),
                new FileInspection(Settings.LOAD_MAX_RECORD_BYTES.get(conf)),
                clock,
                leaseCheck);
        groups.recover().ifPresent(record -> LOG.info("Completed {}, which a crashed run had begun", record.group()));
        if (arguments.once() && fs.exists(layout.takenFlag(arguments.hour()))) {
            out.printf("No group was taken: %s has one%n", SourceGroup.HOUR.format(arguments.hour()));
            return ExitCode.NOTHING_TO_DO;
        }
        boolean terminal = onTerminal();
        Set<Outcome.Kind> kinds = new LandingIngest(
                        arguments.landing(),
                        ledger,
                        groups,
                        arguments.readiness(),
                        clock,
                        group -> new CopyProgress(terminal, System.err, group.name(), 3 * group.bytes()),
                        this::report)
                .run(arguments.hour(), arguments.all());
        return exitCode(kinds);
    }

    /** Up to JDK 21, which is all this runs on, there is no console unless a terminal is there. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean onTerminal() {
        return System.console() != null;
    }

    private ExitCode exitCode(Set<Outcome.Kind> kinds) {
        if (kinds.contains(Outcome.Kind.FAILED)) {
            return ExitCode.FAILED;
        }
        if (kinds.contains(Outcome.Kind.TAKEN) || kinds.contains(Outcome.Kind.DUPLICATE)) {
            return ExitCode.OK;
        }
        out.println("No group was taken: none is waiting and ready");
        return ExitCode.NOTHING_TO_DO;
    }

    private void report(Outcome outcome) {
        switch (outcome.kind()) {
            case TAKEN, DUPLICATE, UNCHANGED, WAITING -> out.println(outcome.sentence());
            case OVERDUE -> LOG.warn("{}", outcome.sentence());
            case FAILED -> LOG.error("{}", outcome.sentence());
        }
    }
}
