package com.qcompany.batch.generate;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.qcompany.warehouse.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.HelpFormatter;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code generate}: writes group folders of the real shape to a local directory, see {@link GroupGenerator}, and on
 * request the right answers over them as JSON, see {@link Truth}.
 *
 * <p>Running it again over the same directory fails on the first folder that exists and changes nothing.
 */
public final class GenerateTool extends Configured implements Tool {

    private static final Options OPTIONS = new Options()
            .addOption(required("groups", "N", "number of groups"))
            .addOption(required("rows", "R", "transactions in a group"))
            .addOption(required("out", "DIR", "local directory to write the group folders to"))
            .addOption(optional("seed", "S", "seed; the same one gives the same bytes (default 1)"))
            .addOption(optional("first", "F", "number of the first group (default 1)"))
            .addOption(optional("bad", "SHARE", "share of rows that must be rejected, 0 to 0.5 (default 0.005)"))
            .addOption(optional("resend", "K", "group that repeats group 1 byte for byte, 0 for none (default 3)"))
            .addOption(optional("truth", "FILE", "local file to write the right answers to, as JSON"));

    @Override
    public int run(String[] args) throws IOException {
        CommandLine line;
        GroupGenerator generator;
        int first;
        int groups;
        try {
            line = new DefaultParser().parse(OPTIONS, args);
            generator = new GroupGenerator(
                    number(line, "seed", 1),
                    Math.toIntExact(number(line, "rows", 0)),
                    Double.parseDouble(line.getOptionValue("bad", Double.toString(GroupGenerator.BAD_SHARE))),
                    Math.toIntExact(number(line, "resend", GroupGenerator.RESEND)));
            first = Math.toIntExact(number(line, "first", 1));
            groups = Math.toIntExact(number(line, "groups", 0));
        } catch (ParseException | IllegalArgumentException | ArithmeticException e) {
            return usage(e);
        }
        Path landing = Path.of(line.getOptionValue("out"));
        Truth truth = generator.write(landing, first, groups);
        if (line.hasOption("truth")) {
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValue(Path.of(line.getOptionValue("truth")).toFile(), truth);
        }
        System.out.printf(
                Locale.ROOT,
                "Wrote %,d groups of %,d transactions to %s: %,d sales, %,d repeated lines, %,d bad lines, %s paid%n",
                groups,
                generator.rows(),
                landing,
                truth.total().facts(),
                truth.total().duplicates(),
                truth.total().rejected(),
                truth.total().totalPaid());
        return ExitCode.OK.code();
    }

    private static long number(CommandLine line, String option, long otherwise) {
        String text = line.getOptionValue(option, Long.toString(otherwise));
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Cannot read --%s: %s (expected a whole number)".formatted(option, text), e);
        }
    }

    private static int usage(Exception problem) {
        System.err.println(problem.getMessage());
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        new HelpFormatter().printHelp(err, 100, "generate", "", OPTIONS, 2, 2, "", true);
        err.flush();
        return ExitCode.USAGE.code();
    }

    private static Option required(String name, String argument, String description) {
        return Option.builder()
                .longOpt(name)
                .hasArg()
                .argName(argument)
                .required()
                .desc(description)
                .build();
    }

    private static Option optional(String name, String argument, String description) {
        return Option.builder()
                .longOpt(name)
                .hasArg()
                .argName(argument)
                .desc(description)
                .build();
    }
}
