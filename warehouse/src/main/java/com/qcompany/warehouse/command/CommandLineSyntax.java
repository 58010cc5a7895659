package com.qcompany.warehouse.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.HelpFormatter;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.OptionGroup;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/**
 * What may follow the name of a command.
 *
 * @param usage explains it to whoever got it wrong; whole lines
 */
public record CommandLineSyntax(String usage, Options options) {

    /** System property with the words before a command's name as its caller typed them, such as {@code q events}. */
    static final String CALLED_AS = "q.called-as";

    private static final String HELP = "--help";
    /** Names of arguments that are paths. */
    private static final List<String> PATHS = List.of("DIR", "FILE");

    private static final Pattern NAME = Pattern.compile("^[Uu]sage: (?:q )?(?:events |schedule )?(\\S+)");
    private static final int SCREEN_COLUMNS = 100;
    private static final int INDENT = 2;

    /** What {@link #parse} ends with where {@code --help} is among the arguments; its message is the usage. */
    static final class HelpRequest extends UsageException {

        private static final long serialVersionUID = 1;

        private HelpRequest(String usage) {
            super(usage);
        }
    }

    /** A syntax whose usage follows from the descriptions of its options. */
    public static CommandLineSyntax of(String command, Options options) {
        StringWriter usage = new StringWriter();
        PrintWriter lines = new PrintWriter(usage);
        new HelpFormatter().printHelp(lines, SCREEN_COLUMNS, command, "", options, INDENT, INDENT, "", true);
        lines.flush();
        return new CommandLineSyntax(usage.toString(), options);
    }

    public static Option valued(String name, String argument, String description) {
        Option option = new Option(null, name, true, description);
        option.setArgName(argument);
        return option;
    }

    /** An option that takes a value and cannot be left out. */
    public static Option required(String name, String argument, String description) {
        Option option = valued(name, argument, description);
        option.setRequired(true);
        return option;
    }

    /** An option that takes a value and may be given more than once. */
    public static Option repeatable(String name, String argument, String description) {
        Option option = valued(name, argument, description + "; may be repeated");
        option.setType(List.class);
        return option;
    }

    public static Option flag(String name, String description) {
        return new Option(null, name, false, description);
    }

    /** Options of which exactly one is given. */
    public static OptionGroup oneOf(Option... options) {
        OptionGroup group = new OptionGroup();
        group.setRequired(true);
        List.of(options).forEach(group::addOption);
        return group;
    }

    /**
     * Reads a command line of options and whatever else.
     *
     * @throws UsageException if an option is unknown, is missing, lacks its value or is there twice, or a path is empty; or
     *     {@code --help} is asked for, which {@link Program} and {@link #refuse} tell apart
     */
    public CommandLine parse(String... args) {
        if (List.of(args).contains(HELP)) {
            throw new HelpRequest(calledUsage());
        }
        CommandLine line;
        try {
            line = new DefaultParser().parse(options, args);
        } catch (ParseException e) {
            throw new UsageException("Cannot parse the command line: %s; see --help".formatted(e.getMessage()), e);
        }
        Set<Option> seen = new HashSet<>();
        for (Option option : line.getOptions()) {
            if (!seen.add(option) && option.getType() != List.class) {
                throw new UsageException("Cannot use --%s twice (expected it once)".formatted(option.getLongOpt()));
            }
            // Else it would be the current directory, as where a script's variable is unset.
            if (PATHS.contains(String.valueOf(option.getArgName()))
                    && option.getValuesList().contains("")) {
                throw new UsageException(
                        "Cannot use --%s: it is empty (expected a path)".formatted(option.getLongOpt()));
            }
        }
        return line;
    }

    /**
     * Reads a command line of nothing but options.
     *
     * @throws UsageException if there is anything else, or an option is unknown, is missing or lacks its value
     */
    public CommandLine parseOptions(String... args) {
        CommandLine line = parse(args);
        if (!line.getArgList().isEmpty()) {
            throw new UsageException("Cannot take arguments: %s (expected options)".formatted(line.getArgList()));
        }
        return line;
    }

    /** A path on the local disk, as such or as {@code file:///PATH}. */
    public static Path localPath(String text) {
        return Path.of(text.replaceFirst("^file:(//)?(?=/(?!/))", ""));
    }

    /**
     * A whole number that an option gives.
     *
     * @throws UsageException if it is none
     */
    public static long wholeNumber(CommandLine line, String option, long otherwise) {
        String text = line.getOptionValue(option, Long.toString(otherwise));
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UsageException("Cannot read --%s: %s (expected a whole number)".formatted(option, text), e);
        }
    }

    /**
     * A whole number of an int that an option gives.
     *
     * @throws UsageException if it is none
     */
    public static int intNumber(CommandLine line, String option, int otherwise) {
        long number = wholeNumber(line, option, otherwise);
        if (number != (int) number) {
            throw new UsageException("Cannot read --%s: %d (expected %d to %d)"
                    .formatted(option, number, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        return (int) number;
    }

    /** Says in a line what is wrong; to who asked for help, on standard output, what would be right. */
    public ExitCode refuse(Exception problem) {
        if (problem instanceof HelpRequest) {
            System.out.print(problem.getMessage());
            return ExitCode.OK;
        }
        System.err.println(problem.getMessage());
        return ExitCode.USAGE;
    }

    private String calledUsage() {
        String called = System.getProperty(CALLED_AS, "");
        return NAME.matcher(usage)
                .replaceFirst(Matcher.quoteReplacement("Usage: " + called + (called.isEmpty() ? "" : " "))
                        + "$1 [-D key=value]");
    }
}
