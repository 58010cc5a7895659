package com.qcompany.stream.consume;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.OptionGroup;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/**
 * Options of {@code consume}: exactly one way to end.
 *
 * @param untilCaughtUp whether it ends once what was there at its start is committed
 * @param duration how long it consumes, where it is told
 */
record ConsumeArguments(boolean untilCaughtUp, Optional<Duration> duration) {

    static final Options OPTIONS = new Options()
            .addOptionGroup(oneOf(
                    Option.builder()
                            .longOpt("daemon")
                            .desc("consume until a signal ends it")
                            .build(),
                    Option.builder()
                            .longOpt("until-caught-up")
                            .desc("end when what is there at the start is committed")
                            .build(),
                    Option.builder()
                            .longOpt("for")
                            .hasArg()
                            .argName("55m")
                            .desc("end after so many seconds (s), minutes (m) or hours (h)")
                            .build()));

    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]*)([smh])");

    /** Reads the command line. */
    static ConsumeArguments parse(String... args) throws ParseException {
        CommandLine line = new DefaultParser().parse(OPTIONS, args);
        if (!line.getArgList().isEmpty()) {
            throw new ParseException(
                    "Cannot take argument %s".formatted(line.getArgList().get(0)));
        }
        return new ConsumeArguments(
                line.hasOption("until-caught-up"),
                line.hasOption("for") ? Optional.of(duration(line.getOptionValue("for"))) : Optional.empty());
    }

    private static Duration duration(String text) throws ParseException {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new ParseException("Cannot read duration: %s (expected such as 90s, 55m or 2h)".formatted(text));
        }
        return Duration.parse("PT" + matcher.group(1) + matcher.group(2).toUpperCase(Locale.ROOT));
    }

    private static OptionGroup oneOf(Option... options) {
        OptionGroup group = new OptionGroup();
        group.setRequired(true);
        for (Option option : options) {
            group.addOption(option);
        }
        return group;
    }
}
