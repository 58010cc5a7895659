package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.compact.HourAudit;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.apache.kafka.common.TopicPartition;

/**
 * {@code audit}: accounts for every offset that the kept manifests say was taken: published, rejected, a tombstone or
 * without a record, once each; for the rows that files hold; and, however old, for every file that a closing published.
 *
 * <p>Exit code checks failed where an offset was taken twice or never, where files hold fewer rows than manifests say,
 * where a file of an hour is missing, cut or doubled, and where an hour should have closed and did not. Changes nothing;
 * best run while nothing is published.
 */
public final class AuditTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("q events audit", new Options());

    /** A partition of one life of a topic: made anew, it begins at 0 again under another id. */
    private record Life(String topicId, TopicPartition partition) {}

    @Override
    public int run(String[] args) throws IOException {
        SYNTAX.parseOptions(args);
        StreamFiles files = StreamFiles.of(getConf());
        List<OffsetChain> chains = chains(files);
        HourAudit.Findings hours = new HourAudit(files, Instant.now()).find();
        if (chains.isEmpty() && hours.isEmpty()) {
            System.out.println("Nothing was consumed yet.");
            return ExitCode.NOTHING_TO_DO.code();
        }
        chains.forEach(System.out::print);
        long published = chains.stream().mapToLong(OffsetChain::published).sum();
        System.out.printf(
                Locale.ROOT,
                "Rows: %,d published by manifests; in files %,d visible and %,d of hours still open%n",
                published,
                hours.rows(),
                hours.hidden());
        hours.faults().forEach(System.out::println);
        boolean isWhole = hours.hidden() + hours.rows() >= published
                && hours.faults().isEmpty()
                && chains.stream().allMatch(chain -> chain.faults().isEmpty());
        return (isWhole ? ExitCode.OK : ExitCode.CHECKS_FAILED).code();
    }

    private static List<OffsetChain> chains(StreamFiles files) throws IOException {
        Manifests manifests = new Manifests(files, Clock.systemUTC());
        Map<Life, List<OffsetRange>> taken = new HashMap<>();
        for (Manifest manifest : manifests.done()) {
            for (OffsetRange range : manifest.ranges()) {
                Life life = new Life(manifest.topicId(), range.topicPartition());
                taken.computeIfAbsent(life, key -> new ArrayList<>()).add(range);
            }
        }
        for (String epoch : Manifest.pending(files)) {
            System.out.printf("Epoch %s is not wholly published yet and not counted%n", epoch);
        }
        Map<Life, List<LostOffsets.Range>> lost = new LostOffsets(files)
                .all().stream()
                        .collect(Collectors.groupingBy(range ->
                                new Life(range.topicId(), new TopicPartition(range.topic(), range.partition()))));
        return taken.entrySet().stream()
                .map(entry -> OffsetChain.of(
                        entry.getKey().partition(), entry.getValue(), lost.getOrDefault(entry.getKey(), List.of())))
                .sorted(Comparator.comparing(chain -> chain.partition().toString()))
                .toList();
    }
}
