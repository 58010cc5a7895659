package com.qcompany.stream.consume;

import static com.qcompany.warehouse.command.CommandLineSyntax.flag;
import static com.qcompany.warehouse.command.CommandLineSyntax.oneOf;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.UsageException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code consume --daemon | --until-caught-up | --for 55m}: lands the topic as Parquet and closes hours meanwhile.
 *
 * <p>Exit codes: ok when it ended as asked and everything it took is committed; nothing to do when it was to catch up
 * and the group had consumed everything; failed otherwise. A rerun goes on where the last commit ended.
 */
public final class ConsumeTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "q events consume",
            new Options()
                    .addOptionGroup(oneOf(
                            flag("daemon", "consume until a signal ends it"),
                            flag("until-caught-up", "end when what is there at the start is committed"),
                            valued("for", "55m", "end after so many seconds (s), minutes (m) or hours (h)"))));

    @Override
    public int run(String[] args) throws Exception {
        CommandLine line = SYNTAX.parseOptions(args);
        Optional<Duration> duration =
                Optional.ofNullable(line.getOptionValue("for")).map(ConsumeTool::duration);
        try (EventsConsumer consumer = new EventsConsumer(getConf(), Clock.systemUTC())) {
            return consumer.run(line.hasOption("until-caught-up"), duration).code();
        }
    }

    private static Duration duration(String text) {
        if (!text.matches("[1-9][0-9]{0,6}[smh]")) {
            throw new UsageException(
                    "Cannot read duration: %s (expected such as 90s, 55m or 2h, of at most 7 digits)".formatted(text));
        }
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
}
