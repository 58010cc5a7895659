package com.qcompany.hive;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.UsageException;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/**
 * Command line of {@code dump}.
 *
 * @param dates days to write
 * @param out directory, see {@link OutputDirectory}
 * @param receipts directory for a receipt of each file
 * @param corrected whether days that were issued before and corrected since are issued again too
 */
record DumpArguments(DateRange dates, String out, Optional<String> receipts, boolean corrected) {

    private static final String USAGE =
            """
            Usage: dump (--date D | --from D --to D) [--out DIR] [--receipts DIR] [--corrected]
              --date  day to write, uuuu-MM-dd
              --from  first of several days
              --to    last of them, included
              --out   directory: a local one, or as in hdfs://HOST/DIR or sftp://USER@HOST:PORT/DIR; the current
                      one by default; {date} in it stands for the day
              --receipts  directory in which a receipt of each file is written: its place, rows, bytes, SHA-256
              --corrected  besides these days those that were written to DIR before and corrected since
            """;

    /** A longer range is rather a slip than a wish: each day is a file. */
    private static final int MAX_DAYS = 3660;

    static final CommandLineSyntax SYNTAX = new CommandLineSyntax(
            USAGE,
            new Options()
                    .addOption(null, "date", true, "day to write")
                    .addOption(null, "from", true, "first of several days")
                    .addOption(null, "to", true, "last of them")
                    .addOption(null, "out", true, "directory")
                    .addOption(null, "receipts", true, "directory for receipts")
                    .addOption(null, "corrected", false, "also days that were corrected"));

    /**
     * Parses.
     *
     * @throws IllegalArgumentException saying what is wrong and what is allowed
     */
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

    /** Directory of a day. */
    String out(LocalDate day) {
        return out.replace("{date}", day.toString());
    }
}
