package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Position;
import com.qcompany.stream.Position.Origin;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.kafka.KafkaClients;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Tool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code offsets [--set earliest|latest|TIME|P:OFFSET,… [--force]] [--watermark P:TIME,…]}: shows the group's positions,
 * or sets them while no consumer runs.
 *
 * <p>What the old positions had committed is published first. Going back publishes records twice and going ahead leaves
 * records out, so both need {@code --force}; what is left out is recorded as lost.
 */
public final class OffsetsTool extends Configured implements Tool {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetsTool.class);

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "q events offsets",
            new Options()
                    .addOption(
                            null, "set", true, "earliest, latest, a time such as 2024-07-04T18:00:00Z, or P:OFFSET,…")
                    .addOption(null, "watermark", true, "P:uuuu-MM-ddTHH:mm,… or P:none: how far partitions have come")
                    .addOption(null, "force", false, "set positions that publish records twice or leave records out"));

    @Override
    public int run(String[] args) throws Exception {
        CommandLine line = SYNTAX.parseOptions(args);
        StreamFiles files = StreamFiles.of(getConf());
        try (Admin admin = KafkaClients.admin(getConf())) {
            TopicOffsets offsets = TopicOffsets.of(getConf(), admin);
            offsets.requireTopic(StreamSettings.TOPIC.key());
            Map<TopicPartition, Long> watermarks =
                    line.hasOption("watermark") ? watermarks(offsets, line.getOptionValue("watermark")) : Map.of();
            if (line.hasOption("set")) {
                set(files, offsets, wanted(offsets, line.getOptionValue("set")), line.hasOption("force"));
            }
            if (!watermarks.isEmpty()) {
                setWatermarks(offsets, watermarks);
            }
            new OffsetsReport(files, Instant.now()).print(offsets);
        }
        return ExitCode.OK.code();
    }

    private static Map<TopicPartition, Long> wanted(TopicOffsets offsets, String text)
            throws IOException, InterruptedException {
        String allowed = "earliest, latest, 2024-07-04T18:00:00Z or P:OFFSET,…";
        if (text.equals("earliest")) {
            return offsets.begins();
        }
        if (text.equals("latest")) {
            return offsets.ends();
        }
        if (text.matches("\\d+:\\d+(,\\d+:\\d+)*")) {
            return byPartition(offsets.topic(), "position", text, allowed, Long::parseLong);
        }
        try {
            return offsets.at(Math.max(0, Instant.parse(text).toEpochMilli())); // below it is no time to Kafka
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new UsageException("Cannot read position: %s (expected %s)".formatted(text, allowed), e);
        }
    }

    private static Map<TopicPartition, Long> watermarks(TopicOffsets offsets, String text) throws IOException {
        String allowed = "P:uuuu-MM-ddTHH:mm or P:none";
        Map<TopicPartition, Long> watermarks =
                byPartition(offsets.topic(), "watermark", text, allowed, OffsetsTool::watermarkMillis);
        requirePartitions(watermarks.keySet(), offsets.begins().keySet());
        return watermarks;
    }

    /** Reads {@code P:VALUE[,P:VALUE]}. */
    private static Map<TopicPartition, Long> byPartition(
            String topic, String what, String text, String allowed, ToLongFunction<String> value) {
        Map<TopicPartition, Long> values = new HashMap<>();
        for (String choice : text.split(",", -1)) {
            int colon = Math.max(choice.indexOf(':'), 0);
            try {
                TopicPartition partition = new TopicPartition(topic, Integer.parseInt(choice.substring(0, colon)));
                if (values.put(partition, value.applyAsLong(choice.substring(colon + 1))) != null) {
                    throw new UsageException("Cannot set two %ss of %s: %s".formatted(what, partition, text));
                }
            } catch (NumberFormatException | DateTimeParseException e) {
                throw new UsageException("Cannot read %s: %s (expected %s)".formatted(what, choice, allowed), e);
            }
        }
        return values;
    }

    private static void set(StreamFiles files, TopicOffsets offsets, Map<TopicPartition, Long> wanted, boolean force)
            throws IOException, InterruptedException {
        Map<TopicPartition, Long> begins = offsets.begins();
        requirePartitions(wanted.keySet(), begins.keySet());
        Manifests manifests = new Manifests(files, Clock.systemUTC());
        Map<TopicPartition, Position> current = offsets.positions();
        Origin origin = new Origin(offsets.topicId(), StreamOwner.claim(files).id());
        for (Position position : current.values()) {
            boolean isOfRoot = position.origin()
                    .filter(known -> !known.streamId().equals(origin.streamId()))
                    .isEmpty();
            if (isOfRoot && position.epoch().isPresent()) {
                try {
                    manifests.rollForward(position.epoch().get());
                } catch (IllegalStateException e) { // what it would publish is gone
                    if (!force) {
                        throw new OperatorException(String.valueOf(e.getMessage()), e);
                    }
                    LOG.warn("Setting positions without it: {}", e.getMessage());
                }
            }
        }
        // A position in this topic and of this root; others say nothing of what was taken.
        Map<TopicPartition, Position> own = new HashMap<>(current);
        own.values().removeIf(position -> !position.origin().orElse(origin).equals(origin));
        // Where the group stands: by its positions, and by what is published where Kafka has none any more.
        List<Manifest> done = manifests.done();
        Map<TopicPartition, Long> reached = Assignment.published(done, offsets.topic(), origin.topicId());
        own.forEach((partition, position) -> reached.put(partition, position.next()));
        if (!force) {
            // A topic that was made anew may be consumed from its begin; Kafka deletes positions with their topic.
            boolean isMadeAnew = done.stream().anyMatch(manifest -> !manifest.mayBeOf(origin.topicId()));
            Map<TopicPartition, Long> unforced = new HashMap<>(begins);
            unforced.keySet().removeIf(partition -> !isMadeAnew && !current.containsKey(partition));
            unforced.putAll(reached);
            requireUnforced(wanted, unforced);
            Set<TopicPartition> without = new HashSet<>(begins.keySet());
            without.removeAll(wanted.keySet());
            if (current.isEmpty() && !reached.isEmpty() && !without.isEmpty()) {
                throw new UsageException(
                        "Cannot set some positions alone: %s have none either, and would count as added and be consumed again (expected all of them at once)"
                                .formatted(without));
            }
        }
        Map<TopicPartition, Path> losses = new HashMap<>();
        for (Map.Entry<TopicPartition, Long> from : reached.entrySet()) {
            long to = wanted.getOrDefault(from.getKey(), from.getValue());
            if (from.getValue() < to) {
                losses.put(
                        from.getKey(),
                        new LostOffsets(files).record(origin.topicId(), from.getKey(), from.getValue(), to));
            }
        }
        Map<TopicPartition, Position> positions = new HashMap<>();
        wanted.forEach((partition, offset) -> positions.put(
                partition,
                own.getOrDefault(partition, Position.at(offset)).movedTo(offset).of(origin)));
        try {
            offsets.set(positions);
        } catch (IOException | RuntimeException e) { // as while a consumer runs: nothing is lost then
            Map<TopicPartition, Position> now = offsets.positions();
            losses.keySet().removeIf(partition -> Objects.equals(now.get(partition), positions.get(partition)));
            for (Path loss : losses.values()) {
                files.fs().delete(loss, false);
            }
            throw e;
        }
    }

    private static void requirePartitions(Set<TopicPartition> wanted, Set<TopicPartition> all) {
        for (TopicPartition partition : wanted) {
            if (!all.contains(partition)) {
                throw new UsageException("Cannot set %s: there is no such partition (expected 0 to %d)"
                        .formatted(partition, all.size() - 1));
            }
        }
    }

    private static void requireUnforced(Map<TopicPartition, Long> wanted, Map<TopicPartition, Long> unforced) {
        wanted.forEach((partition, offset) -> {
            long allowed = unforced.getOrDefault(partition, offset);
            if (offset < allowed) {
                throw new UsageException(
                        "Cannot set %s back to %d: offsets up to %d are published and would be twice (--force does it)"
                                .formatted(partition, offset, allowed));
            }
            if (offset > allowed) {
                throw new UsageException(
                        "Cannot set %s ahead to %d: offsets from %d would be left out (--force does it)"
                                .formatted(partition, offset, allowed));
            }
        });
    }

    private static void setWatermarks(TopicOffsets offsets, Map<TopicPartition, Long> watermarks)
            throws IOException, InterruptedException {
        Map<TopicPartition, Position> current = offsets.positions();
        Map<TopicPartition, Position> changed = new HashMap<>();
        watermarks.forEach((partition, millis) -> {
            Position position = current.get(partition);
            if (position == null) {
                throw new UsageException(
                        "Cannot set the watermark of %s: the group has no position in it".formatted(partition));
            }
            changed.put(partition, position.withWatermark(millis));
        });
        offsets.set(changed);
    }

    private static long watermarkMillis(String time) {
        return time.equals("none")
                ? Position.NOTHING
                : LocalDateTime.parse(time).toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
