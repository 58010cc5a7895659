package com.qcompany.stream.replay;

import static com.qcompany.warehouse.command.CommandLineSyntax.flag;
import static com.qcompany.warehouse.command.CommandLineSyntax.oneOf;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.stream.event.Rejection;
import com.qcompany.stream.kafka.KafkaFailure;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.apache.kafka.common.KafkaException;

/**
 * {@code replay --hour uuuu-MM-dd-HH [--code CODE] | --dead-letters}: sends events that were rejected in an hour (of
 * their records' time, UTC), or all dead letters, to their topic again as they were received.
 *
 * <p>Every rejected event is sent once per code filter: a rerun finds what was sent. Exit codes: ok, or nothing to do.
 */
public final class ReplayTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "q events replay",
            new Options()
                    .addOptionGroup(oneOf(
                            valued("hour", "uuuu-MM-dd-HH", "rows of rejected_events of this hour"),
                            flag("dead-letters", "all of the dead-letter topic that was not replayed yet")))
                    .addOption(null, "code", true, "only rows refused for this reason, such as type_mismatch"));

    @Override
    public int run(String[] args) throws IOException, InterruptedException {
        CommandLine line = SYNTAX.parseOptions(args);
        Optional<String> code = Optional.ofNullable(line.getOptionValue("code"));
        List<String> codes =
                Stream.of(Rejection.Code.values()).map(Rejection.Code::text).toList();
        if (code.isPresent() && (!line.hasOption("hour") || !codes.contains(code.get()))) {
            throw new UsageException(
                    "Cannot replay code %s (expected with --hour, and one of %s)".formatted(code.get(), codes));
        }
        long sent;
        try {
            sent = line.hasOption("hour")
                    ? new TableReplay(getConf(), code).replay(line.getOptionValue("hour"))
                    : new DeadLetterReplay(getConf()).replay();
        } catch (KafkaException e) {
            throw new OperatorException(KafkaFailure.describe(e), e);
        }
        System.out.printf("Sent %,d events to be consumed again%n", sent);
        return (sent > 0 ? ExitCode.OK : ExitCode.NOTHING_TO_DO).code();
    }
}
