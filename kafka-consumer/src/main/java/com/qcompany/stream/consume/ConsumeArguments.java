package com.qcompany.stream.consume;

import static com.qcompany.warehouse.command.CommandLineSyntax.flag;
import static com.qcompany.warehouse.command.CommandLineSyntax.oneOf;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.UsageException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/**
 * Options of {@code consume}: exactly one way to end.
 *
 * @param untilCaughtUp whether it ends once what was there at its start is committed
 * @param duration how long it consumes, where that is asked for
 */
record ConsumeArguments(boolean untilCaughtUp, Optional<Duration> duration) {

    static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "q events consume",
            new Options()
                    .addOptionGroup(oneOf(
                            flag("daemon", "consume until a signal ends it"),
                            flag("until-caught-up", "end when what is there at the start is committed"),
                            valued("for", "55m", "end after so many seconds (s), minutes (m) or hours (h)"))));

    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]*)([smh])");

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException saying what is wrong and what is allowed
     */
    static ConsumeArguments parse(String... args) {
        CommandLine line = SYNTAX.parseOptions(args);
        return new ConsumeArguments(
                line.hasOption("until-caught-up"),
                line.hasOption("for") ? Optional.of(duration(line.getOptionValue("for"))) : Optional.empty());
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException("Cannot read duration: %s (expected such as 90s, 55m or 2h)".formatted(text));
        }
        return Duration.parse("PT" + matcher.group(1) + matcher.group(2).toUpperCase(Locale.ROOT));
    }
}
