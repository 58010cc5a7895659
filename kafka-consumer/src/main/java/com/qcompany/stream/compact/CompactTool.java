package com.qcompany.stream.compact;

import static com.qcompany.warehouse.command.CommandLineSyntax.flag;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.kafka.KafkaClients;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.functional.CallableRaisingIOE;
import org.apache.kafka.clients.admin.Admin;

/**
 * {@code events compact}: closes hours by hand, as a running consumer does by itself.
 *
 * <p>Exits with {@link ExitCode#NOTHING_TO_DO} where no file was waiting and {@link ExitCode#LOCKED} while another
 * process compacts; running it again does what is left.
 */
public final class CompactTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "q events compact",
            new Options()
                    .addOption(valued(
                            "hour",
                            "uuuu-MM-dd-HH",
                            "this hour only, which must have ended; asks no broker how far events have come"
                                    + " (default: every hour that all events have passed)"))
                    .addOption(flag("now", "with --hour: even if it has not ended")));

    private final Clock clock;

    public CompactTool() {
        this(Clock.systemUTC());
    }

    CompactTool(Clock clock) {
        this.clock = clock;
    }

    @Override
    public int run(String[] args) throws IOException {
        CommandLine line = SYNTAX.parseOptions(args);
        if (line.hasOption("now") && !line.hasOption("hour")) {
            throw new UsageException("Cannot use --now without --hour");
        }
        return report(line.hasOption("hour") ? closeByHand(line) : closeDue());
    }

    private CompactionSummary closeDue() throws IOException {
        try (Admin admin = KafkaClients.admin(getConf())) {
            TopicOffsets offsets = TopicOffsets.of(getConf(), admin);
            return compactor(() -> PartitionProgress.of(offsets)).run(Integer.MAX_VALUE);
        }
    }

    private CompactionSummary closeByHand(CommandLine line) throws IOException {
        EventHour hour = EventHour.parse(line.getOptionValue("hour"));
        LocalDateTime end = hour.start().plusHours(1);
        LocalDateTime now = LocalDateTime.now(clock.withZone(StreamSettings.ZONE.get(getConf())));
        if (!line.hasOption("now") && now.isBefore(end)) {
            throw new UsageException("Cannot close hour %s: it ends at %s (expected an hour that has ended, or --now)"
                    .formatted(hour, end));
        }
        return compactor(() -> {
                    throw new IllegalStateException("Closing by hand asks for no positions");
                })
                .run(hour);
    }

    private HourCompactor compactor(CallableRaisingIOE<List<PartitionProgress>> positions) throws IOException {
        StreamFiles stream = StreamFiles.of(getConf());
        return new HourCompactor(stream, positions, PartitionRegistrar.of(stream), clock);
    }

    private static int report(CompactionSummary summary) throws IOException {
        if (summary.closings() > 0) {
            System.out.printf(
                    "%d files became %d, one for each time that an hour closed: %,d rows, %,d bytes, in %d ms%n",
                    summary.files(),
                    summary.closings(),
                    summary.rows(),
                    summary.bytes(),
                    summary.elapsed().toMillis());
        } else if (summary.failure().isEmpty()) {
            System.out.println("No hour is due to be closed.");
        }
        if (summary.unregistered() > 0) {
            System.out.printf("Hive does not know %d partitions yet; run it again%n", summary.unregistered());
        }
        if (summary.failure().isPresent()) {
            throw summary.failure().get();
        }
        return (summary.closings() > 0 ? ExitCode.OK : ExitCode.NOTHING_TO_DO).code();
    }
}
