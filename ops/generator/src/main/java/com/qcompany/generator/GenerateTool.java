package com.qcompany.generator;

import static com.qcompany.warehouse.command.CommandLineSyntax.intNumber;
import static com.qcompany.warehouse.command.CommandLineSyntax.required;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;
import static com.qcompany.warehouse.command.CommandLineSyntax.wholeNumber;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code generate}: writes group folders of the real shape to a local directory, see {@link GroupGenerator}, and says
 * what is in them.
 *
 * <p>Running it again over the same directory fails on the first folder that exists and changes nothing.
 */
public final class GenerateTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "generate",
            new Options()
                    .addOption(required("groups", "N", "number of groups"))
                    .addOption(required("rows", "R", "transactions in a group"))
                    .addOption(required("out", "DIR", "local directory to write the group folders to"))
                    .addOption(valued("seed", "S", "seed; the same one gives the same bytes (default 1)"))
                    .addOption(valued("first", "F", "number of the first group (default 1)"))
                    .addOption(valued("bad", "SHARE", "share of rows that must be rejected, 0 to 0.5 (default 0.005)"))
                    .addOption(
                            valued("resend", "K", "group that repeats group 1 byte for byte, 0 for none (default 3)")));

    @Override
    public int run(String[] args) throws IOException {
        CommandLine line = SYNTAX.parseOptions(args);
        GroupGenerator generator;
        try {
            generator = new GroupGenerator(
                    wholeNumber(line, "seed", 1),
                    intNumber(line, "rows", 0),
                    Double.parseDouble(line.getOptionValue("bad", Double.toString(GroupGenerator.BAD_SHARE))),
                    intNumber(line, "resend", GroupGenerator.RESEND));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
        int first = intNumber(line, "first", 1);
        int groups = intNumber(line, "groups", 0);
        Path landing = CommandLineSyntax.localPath(line.getOptionValue("out"));
        SalesTruth truth;
        try {
            truth = generator.write(landing, first, groups);
        } catch (FileSystemException e) {
            throw new UsageException("Cannot write groups to %s: %s".formatted(landing, e), e);
        } catch (IOException e) { // the disk is full
            throw new OperatorException("cannot write groups to %s: %s".formatted(landing, e), e);
        }
        System.out.printf(
                Locale.ROOT,
                "Wrote %,d groups of %,d transactions to %s: %,d sales, %,d repeated lines, %,d bad lines, %s paid%n",
                groups,
                generator.rows(),
                landing,
                truth.facts(),
                truth.duplicates(),
                truth.rejected(),
                truth.totalPaid());
        return ExitCode.OK.code();
    }
}
