package com.qcompany.stream.consume;

import com.qcompany.stream.Position;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * {@code offsets [--set earliest|latest|TIME|P:OFFSET,… [--force]]}: shows the group's positions, or sets them while no
 * consumer runs.
 *
 * <p>What the old positions had committed is published first. Going back publishes records twice and going ahead leaves
 * records out, so both need {@code --force}; what is left out is recorded as lost.
 */
public final class OffsetsTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "q events offsets",
            new Options()
                    .addOption(
                            null, "set", true, "earliest, latest, a time such as 2024-07-04T18:00:00Z, or P:OFFSET,…")
                    .addOption(null, "force", false, "set positions that publish records twice or leave records out"));

    @Override
    public int run(String[] args) throws Exception {
        CommandLine line;
        try {
            line = SYNTAX.parseOptions(args);
        } catch (IllegalArgumentException e) {
            return SYNTAX.refuse(e).code();
        }
        try (Admin admin = new ConsumerClients(getConf()).admin()) {
            TopicOffsets offsets = TopicOffsets.of(getConf(), admin);
            if (line.hasOption("set")) {
                set(offsets, OffsetChoice.parse(line.getOptionValue("set")), line.hasOption("force"));
            }
            show(offsets);
        }
        return ExitCode.OK.code();
    }

    private void set(TopicOffsets offsets, OffsetChoice choice, boolean force)
            throws IOException, InterruptedException {
        StreamFiles files = StreamFiles.of(getConf());
        Manifests manifests = files.manifests(getConf(), Clock.systemUTC(), step -> {});
        Map<TopicPartition, Position> current = offsets.positions();
        Map<TopicPartition, Long> wanted = choice.offsets(offsets);
        for (Position position : current.values()) {
            Optional<String> epoch = position.epoch();
            if (epoch.isPresent()) {
                manifests.rollForward(epoch.get());
            }
        }
        if (!force) {
            wanted.forEach((partition, offset) -> requireUnchanged(partition, current.get(partition), offset));
        }
        alter(offsets, wanted, current);
        LostOffsets losses = new LostOffsets(files.fs(), files.layout());
        for (Map.Entry<TopicPartition, Long> entry : wanted.entrySet()) {
            Position position = current.get(entry.getKey());
            if (position != null && position.next() < entry.getValue()) {
                losses.record(entry.getKey(), position.next(), entry.getValue());
            }
        }
    }

    private static void requireUnchanged(
            TopicPartition partition, @org.jspecify.annotations.Nullable Position current, long offset) {
        if (current != null && current.next() != offset) {
            throw new IllegalArgumentException(
                    offset < current.next()
                            ? "Cannot set %s back to %d: offsets up to %d are published and would be twice (--force does it)"
                                    .formatted(partition, offset, current.next())
                            : "Cannot set %s ahead to %d: offsets from %d would be left out (--force does it)"
                                    .formatted(partition, offset, current.next()));
        }
    }

    private static void alter(
            TopicOffsets offsets, Map<TopicPartition, Long> wanted, Map<TopicPartition, Position> current)
            throws IOException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> commits = wanted.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> {
                    Position old = current.getOrDefault(entry.getKey(), Position.at(entry.getValue()));
                    return new Position(
                                    entry.getValue(), Optional.empty(), old.watermarkMillis(), old.lastRecordMillis())
                            .toCommit();
                }));
        try {
            offsets.admin()
                    .alterConsumerGroupOffsets(offsets.group(), commits)
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IOException(
                    "Cannot set positions of group %s: %s (no consumer of the group may run, and a stopped one is forgotten after its session time-out)"
                            .formatted(offsets.group(), e.getCause()),
                    e);
        }
    }

    private static void show(TopicOffsets offsets) throws IOException, InterruptedException {
        Map<TopicPartition, Position> positions = offsets.positions();
        Map<TopicPartition, Long> begins = offsets.begins();
        Map<TopicPartition, Long> ends = offsets.ends();
        List<TopicPartition> partitions = offsets.partitions().stream()
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
        System.out.printf("%-9s %12s %12s %12s %12s  %s%n", "PARTITION", "BEGIN", "POSITION", "END", "LAG", "EPOCH");
        for (TopicPartition partition : partitions) {
            Optional<Position> position = Optional.ofNullable(positions.get(partition));
            long next = position.map(Position::next).orElse(TopicOffsets.require(begins, partition));
            System.out.printf(
                    Locale.ROOT,
                    "%-9d %12d %12s %12d %12d  %s%n",
                    partition.partition(),
                    begins.get(partition),
                    position.map(known -> Long.toString(known.next())).orElse("-"),
                    ends.get(partition),
                    Math.max(0, TopicOffsets.require(ends, partition) - next),
                    position.flatMap(Position::epoch).orElse("-"));
        }
    }
}
