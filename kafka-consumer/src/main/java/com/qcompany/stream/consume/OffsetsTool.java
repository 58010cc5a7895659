package com.qcompany.stream.consume;

import com.qcompany.stream.Position;
import com.qcompany.stream.Position.Origin;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.apache.kafka.clients.admin.Admin;
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
                    .addOption(null, "watermark", true, "P:uuuu-MM-ddTHH:mm,… or P:none: how far partitions have come")
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
            if (line.hasOption("watermark")) {
                setWatermarks(offsets, line.getOptionValue("watermark"));
            }
            StreamFiles files = StreamFiles.of(getConf());
            new OffsetsReport(getConf(), files.fs(), files.layout(), Clock.systemUTC()).print(offsets);
        }
        return ExitCode.OK.code();
    }

    private void set(TopicOffsets offsets, OffsetChoice choice, boolean force)
            throws IOException, InterruptedException {
        StreamFiles files = StreamFiles.of(getConf());
        Manifests manifests = files.manifests(getConf(), Clock.systemUTC(), step -> {});
        Map<TopicPartition, Position> current = offsets.positions();
        Map<TopicPartition, Long> wanted = choice.offsets(offsets);
        StreamOwner owner = StreamOwner.claim(files.fs(), files.layout(), offsets.group());
        Origin origin = new Origin(offsets.topicId(), owner.id());
        for (Position position : current.values()) {
            if (!isOf(position, owner)) {
                continue; // epochs of another root
            }
            Optional<String> epoch = position.epoch();
            if (epoch.isPresent()) {
                manifests.rollForward(epoch.get());
            }
        }
        if (!force) {
            Map<TopicPartition, Long> begins = offsets.begins();
            boolean isMadeAnew = manifests.done().stream() // Kafka deletes positions with their topic
                    .anyMatch(manifest ->
                            !manifest.topicId().isEmpty() && !manifest.topicId().equals(origin.topicId()));
            wanted.forEach((partition, offset) -> {
                Position position = current.get(partition);
                if (position != null || isMadeAnew) {
                    long unforced = position != null && isOf(position, origin)
                            ? position.next()
                            : TopicOffsets.require(begins, partition);
                    requireUnchanged(partition, unforced, offset);
                }
            });
        }
        alter(offsets, wanted, current, origin);
        LostOffsets losses = new LostOffsets(files.fs(), files.layout());
        for (Map.Entry<TopicPartition, Long> entry : wanted.entrySet()) {
            Position position = current.get(entry.getKey());
            if (position != null && isOf(position, origin) && position.next() < entry.getValue()) {
                losses.record(origin.topicId(), entry.getKey(), position.next(), entry.getValue());
            }
        }
    }

    private static boolean isOf(Position position, StreamOwner owner) {
        return position.origin()
                .filter(known -> !known.streamId().equals(owner.id()))
                .isEmpty();
    }

    /** Whether the position is one in this topic, and none of this root or of another of the same name. */
    private static boolean isOf(Position position, Origin origin) {
        return position.origin().filter(known -> !known.equals(origin)).isEmpty();
    }

    private static void requireUnchanged(TopicPartition partition, long unforced, long offset) {
        if (offset != unforced) {
            throw new UsageException(
                    offset < unforced
                            ? "Cannot set %s back to %d: offsets up to %d are published and would be twice (--force does it)"
                                    .formatted(partition, offset, unforced)
                            : "Cannot set %s ahead to %d: offsets from %d would be left out (--force does it)"
                                    .formatted(partition, offset, unforced));
        }
    }

    private static void alter(
            TopicOffsets offsets,
            Map<TopicPartition, Long> wanted,
            Map<TopicPartition, Position> current,
            Origin origin)
            throws IOException, InterruptedException {
        Map<TopicPartition, Position> positions = new HashMap<>();
        wanted.forEach((partition, offset) -> {
            Position known = current.get(partition);
            positions.put(
                    partition,
                    known == null || !isOf(known, origin)
                            ? Position.at(offset).of(origin)
                            : known.movedTo(offset).of(origin));
        });
        offsets.set(positions);
    }

    private void setWatermarks(TopicOffsets offsets, String choices) throws IOException, InterruptedException {
        Map<TopicPartition, Position> current = offsets.positions();
        Map<TopicPartition, Position> changed = new HashMap<>();
        WatermarkChoice.parse(choices).forEach((number, millis) -> {
            TopicPartition partition = new TopicPartition(offsets.topic(), number);
            Position position = current.get(partition);
            if (position == null) {
                throw new UsageException(
                        "Cannot set the watermark of %s: the group has no position in it".formatted(partition));
            }
            changed.put(partition, position.withWatermark(millis));
        });
        offsets.set(changed);
    }
}
