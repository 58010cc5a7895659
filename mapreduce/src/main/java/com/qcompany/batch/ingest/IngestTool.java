package com.qcompany.batch.ingest;

import com.qcompany.batch.ingest.Outcome.Kind;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.LeaseCheck;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.Tool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code ingest}: copies group folders from the local landing directory into the raw zone and records them in the
 * ledger, in natural order, one a call or all that are ready.
 *
 * <p>Input: {@code LANDING/GROUP/*.csv}, only read. Output: {@code raw/uuuu/MM/dd/HH/GROUP/} with {@code _SUCCESS} and
 * a record in {@code state/ledger}. Running it again ingests what is left; killed anywhere, the next run completes or
 * repeats what was begun. With {@code --once} a repeated run ingests nothing more for its hour, flags the hour as landed,
 * and takes one more group for each hour of the day before that was landed and had none. Two at once: the second stops
 * with {@link ExitCode#LOCKED}.
 *
 * <p>Exit codes: OK if a group was accepted or recorded as a duplicate, FAILED if one was refused for the first time or
 * could not be read (the others go on), NOTHING_TO_DO, USAGE, LOCKED.
 */
public final class IngestTool extends Configured implements Tool {

    private static final Logger LOG = LoggerFactory.getLogger(IngestTool.class);

    /** Hours before its own whose groups an hour takes along when they come late. */
    private static final int LATE_HOURS = 24;

    private static final String LEASE = "leases/ingest";

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
        IngestArguments arguments = IngestArguments.of(IngestArguments.SYNTAX.parseOptions(args), getConf(), clock);
        Layout layout = Layout.of(getConf());
        FileSystem fs = layout.root().getFileSystem(getConf());
        try (Lease lease = Lease.acquire(fs, layout.state(LEASE), "ingest", getConf())) {
            return run(arguments, fs, layout, lease::verify).code();
        }
    }

    /** Begins to erase a customer, after what an earlier ingest began: from now on none takes in who that is. */
    public static void begin(Erasures.Erasure erasure, Configuration conf) throws IOException {
        Layout layout = Layout.of(conf);
        FileSystem fs = layout.root().getFileSystem(conf);
        try (Lease lease = Lease.acquire(fs, layout.state(LEASE), "erase", conf)) {
            Intents intents = intents(conf, fs, layout, lease::verify, Clock.systemUTC());
            intents.recover();
            // It reads files as they were received.
            new LedgerUpgrade(fs, intents.ledger()).run().ifPresent(System.out::println);
            new Erasures(fs, layout).begin(erasure);
        }
    }

    private static Intents intents(Configuration conf, FileSystem fs, Layout layout, LeaseCheck lease, Clock clock) {
        return new Intents(
                fs,
                layout,
                Ledger.open(fs, layout),
                new RawZone(fs, layout, Settings.INGEST_THREADS.get(conf)),
                new FileInspection(Settings.LOAD_MAX_RECORD_BYTES.get(conf)),
                lease,
                clock);
    }

    private ExitCode run(IngestArguments arguments, FileSystem fs, Layout layout, LeaseCheck lease) throws IOException {
        Intents intents = intents(getConf(), fs, layout, lease, clock);
        RawZone rawZone = intents.rawZone();
        EntryDirectory setAside = new EntryDirectory(fs, layout.state("ledger/set-aside"));
        if (arguments.abandon()) {
            Optional<String> abandoned = intents.abandon();
            out.println(abandoned.orElse("There is nothing to abandon"));
            return abandoned.isPresent() ? ExitCode.OK : ExitCode.NOTHING_TO_DO;
        }
        if (!arguments.setAside().isEmpty() || !arguments.takeBack().isEmpty()) {
            return note(arguments, setAside);
        }
        intents.recover().ifPresent(record -> out.printf("Completed %s, which an earlier run began%n", record.group()));
        new LedgerUpgrade(fs, intents.ledger()).run().ifPresent(out::println);
        if (arguments.once() && fs.exists(layout.takenFlag(arguments.hour()))) {
            out.printf("No group was accepted: %s has one%n", SourceGroup.HOUR.format(arguments.hour()));
            rawZone.mark(layout.landedFlag(arguments.hour()));
            return ExitCode.NOTHING_TO_DO;
        }
        ExitCode code = exitCode(new LandingIngest(
                        arguments.landing(),
                        new EntryDirectory(fs, layout.state("ledger/refused")),
                        setAside,
                        intents,
                        arguments.readiness(),
                        clock,
                        this::report)
                .run(arguments.hour(), arguments.all() ? Integer.MAX_VALUE : 1 + late(arguments, fs, layout)));
        if (arguments.once() && code != ExitCode.FAILED) {
            rawZone.mark(layout.landedFlag(arguments.hour()));
        }
        return code;
    }

    /** With {@code --once}, the hours of the day before that no group came for: theirs may come now. */
    private static int late(IngestArguments arguments, FileSystem fs, Layout layout) throws IOException {
        int late = 0;
        for (int hours = 1; arguments.once() && hours <= LATE_HOURS; hours++) {
            LocalDateTime hour = arguments.hour().minusHours(hours);
            late += fs.exists(layout.landedFlag(hour)) && !fs.exists(layout.takenFlag(hour)) ? 1 : 0;
        }
        return late;
    }

    /** Sets folders aside or takes them back, all or none. */
    private ExitCode note(IngestArguments arguments, EntryDirectory setAside) throws IOException {
        LandingDirectory landing = arguments.landing();
        Map<String, Path> entries = new LinkedHashMap<>();
        landing.entries().forEach(entry -> entries.put(LandingDirectory.name(entry), entry));
        if (!entries.keySet().containsAll(arguments.setAside())) {
            throw new UsageException(
                    "Cannot set aside %s (expected folders in %s)".formatted(arguments.setAside(), landing.path()));
        }
        entries.keySet().retainAll(arguments.setAside());
        for (Map.Entry<String, Path> entry : entries.entrySet()) {
            setAside.add(entry.getKey(), landing.fingerprint(entry.getValue()));
            out.printf("Set aside %s until it changes%n", entry.getKey());
        }
        for (String name : arguments.takeBack()) {
            out.printf(setAside.remove(name) ? "Took back %s%n" : "%s was not set aside%n", name);
        }
        return ExitCode.OK;
    }

    private ExitCode exitCode(Set<Kind> kinds) {
        if (kinds.contains(Kind.FAILED) || kinds.contains(Kind.REFUSED)) {
            return ExitCode.FAILED;
        }
        if (kinds.contains(Kind.ACCEPTED) || kinds.contains(Kind.DUPLICATE)) {
            return ExitCode.OK;
        }
        out.println("No group was accepted: none is waiting and ready");
        return ExitCode.NOTHING_TO_DO;
    }

    private void report(Outcome outcome) {
        switch (outcome.kind()) {
            case ACCEPTED, DUPLICATE, UNCHANGED, WAITING, STILL_REFUSED -> out.println(outcome.sentence());
            case OVERDUE -> LOG.warn("{}", outcome.sentence());
            case REFUSED, FAILED -> LOG.error("{}", outcome.sentence());
        }
    }
}
