package com.qcompany.generator.events;

import static com.qcompany.warehouse.command.CommandLineSyntax.intNumber;
import static com.qcompany.warehouse.command.CommandLineSyntax.required;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;
import static com.qcompany.warehouse.command.CommandLineSyntax.wholeNumber;

import com.qcompany.stream.EventHour;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/**
 * What {@code produce} is asked for.
 *
 * @param rate records a second; 0 for as fast as possible
 * @param topic topic to send to; empty for the configured one
 * @param partitions partitions the topic must have; empty for any
 * @param compression codec of the producer
 * @param answers local file for the right answers; empty for none
 */
record ProduceArguments(
        long rate,
        long count,
        long seed,
        EventHour start,
        int hours,
        Shares shares,
        Optional<String> topic,
        OptionalInt partitions,
        String compression,
        Optional<Path> answers) {

    private static final List<String> COMPRESSIONS = List.of("none", "gzip", "snappy", "lz4", "zstd");

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "q events produce",
            new Options()
                    .addOption(required("rate", "R", "records a second; 0 for as fast as possible"))
                    .addOption(required("count", "N", "number of records"))
                    .addOption(required("seed", "S", "seed; the same one gives the same records"))
                    .addOption(valued("start", "HOUR", "first hour of event time, UTC (default 2024-07-04-00)"))
                    .addOption(valued("hours", "H", "hours that the events are spread over (default 6)"))
                    .addOption(valued("late", "SHARE", "share of events of an hour before (default 0)"))
                    .addOption(valued("broken", "SHARE", "share of records that are no event (default 0)"))
                    .addOption(valued("drift", "SHARE", "share of events with unknown fields or no time (default 0)"))
                    .addOption(valued("topic", "NAME", "topic, made where it is absent (default q.stream.topic)"))
                    .addOption(valued("partitions", "N", "its partitions (default: those it has; 4 for a new one)"))
                    .addOption(valued("compression", "CODEC", "none, lz4, zstd, snappy or gzip (default zstd)"))
                    .addOption(valued("answers", "FILE", "local file to write the right answers to, as JSON")));

    ProduceArguments {
        if (rate < 0 || count < 0 || hours < 1 || partitions.orElse(1) < 1) {
            throw new UsageException(
                    "Cannot produce %d records at %d a second over %d hours to %d partitions (expected 0, 0, 1 and 1 at least)"
                            .formatted(count, rate, hours, partitions.orElse(1)));
        }
        if (!COMPRESSIONS.contains(compression)) {
            throw new UsageException("Cannot compress by %s (expected one of %s)".formatted(compression, COMPRESSIONS));
        }
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException saying what is wrong and what is allowed
     */
    static ProduceArguments parse(String[] args) {
        CommandLine line = SYNTAX.parseOptions(args);
        return new ProduceArguments(
                wholeNumber(line, "rate", 0),
                wholeNumber(line, "count", 0),
                wholeNumber(line, "seed", 1),
                EventHour.parse(line.getOptionValue("start", "2024-07-04-00")),
                intNumber(line, "hours", 6),
                new Shares(share(line, "late"), share(line, "broken"), share(line, "drift")),
                Optional.ofNullable(line.getOptionValue("topic")),
                line.hasOption("partitions") ? OptionalInt.of(intNumber(line, "partitions", 1)) : OptionalInt.empty(),
                line.getOptionValue("compression", "zstd"),
                Optional.ofNullable(line.getOptionValue("answers")).map(Path::of));
    }

    EventGenerator generator(int topicPartitions) {
        return new EventGenerator(seed, count, start, hours, topicPartitions, shares);
    }

    private static double share(CommandLine line, String option) {
        String text = line.getOptionValue(option, "0");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new UsageException("Cannot read --%s: %s (expected a share, 0 to 1)".formatted(option, text), e);
        }
    }
}
