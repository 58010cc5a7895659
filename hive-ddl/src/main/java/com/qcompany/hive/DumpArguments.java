package com.qcompany.hive;

import static com.qcompany.warehouse.command.CommandLineSyntax.flag;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.UsageException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/**
 * Command line of {@code dump}.
 *
 * @param out directory, see {@link OutputDirectory}
 * @param corrected whether days that were issued before and corrected since are issued again too
 */
record DumpArguments(DateRange dates, String out, Optional<String> receipts, boolean corrected) {

    /** A longer range is rather a slip than a wish: each day is a file. */
    private static final int MAX_DAYS = 3660;

    static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "dump",
            new Options()
                    .addOption(valued("date", "D", "day to write, uuuu-MM-dd"))
                    .addOption(valued("from", "D", "first of several days"))
                    .addOption(valued("to", "D", "last of them, included"))
                    .addOption(valued(
                            "out",
                            "DIR",
                            "directory: a local one, or as in hdfs://HOST/DIR or sftp://USER@HOST:PORT/DIR; the current one"
                                    + " by default; {date} in it stands for the day"))
                    .addOption(
                            valued(
                                    "receipts",
                                    "DIR",
                                    "directory in which a receipt of each file is written: its place, rows, bytes, SHA-256; {date} as in --out"))
                    .addOption(flag(
                            "corrected",
                            "besides these days those that were written to DIR before and corrected since")));

    static DumpArguments parse(String[] args) {
        CommandLine line = SYNTAX.parseOptions(args);
        boolean day = line.hasOption("date");
        boolean range = line.hasOption("from") && line.hasOption("to");
        if (day == range || (day && (line.hasOption("from") || line.hasOption("to")))) {
            throw new UsageException("Cannot tell which days to write (expected --date, or --from and --to)");
        }
        DateRange dates = day
                ? DateRange.parse(line.getOptionValue("date"), line.getOptionValue("date"))
                : DateRange.parse(line.getOptionValue("from"), line.getOptionValue("to"));
        LocalDate last = LocalDate.now(ZoneOffset.UTC).plusDays(1);
        if (dates.to().isAfter(last)) {
            throw new UsageException(
                    "Cannot write %s: it is to come (expected a day up to %s, the last that sales can have)"
                            .formatted(dates.to(), last));
        }
        if (dates.from().plusDays(MAX_DAYS).isBefore(dates.to())) {
            throw new UsageException("Cannot write the days from %s to %s (expected at most %d)"
                    .formatted(dates.from(), dates.to(), MAX_DAYS));
        }
        return new DumpArguments(
                dates,
                line.getOptionValue("out", "."),
                Optional.ofNullable(line.getOptionValue("receipts")),
                line.hasOption("corrected"));
    }

    String out(LocalDate day) {
        return ofDay(out, day);
    }

    Optional<String> receipts(LocalDate day) {
        return receipts.map(directory -> ofDay(directory, day));
    }

    private static String ofDay(String directory, LocalDate day) {
        return directory.replace("{date}", day.toString());
    }
}
