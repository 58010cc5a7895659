package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.Tool;
import org.apache.kafka.common.TopicPartition;

/**
 * {@code audit}: accounts for every offset that the kept manifests say was taken: published, rejected, a tombstone or
 * without a record, once each; and for the rows that files hold.
 *
 * <p>Exit code checks failed where an offset was taken twice or never, or where files hold fewer rows than manifests
 * say. Changes nothing; best run while nothing is published.
 */
public final class AuditTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("q events audit", new Options());

    @Override
    public int run(String[] args) throws IOException {
        try {
            SYNTAX.parseOptions(args);
        } catch (IllegalArgumentException e) {
            return SYNTAX.refuse(e).code();
        }
        StreamFiles files = StreamFiles.of(getConf());
        List<OffsetChain> chains = chains(files);
        if (chains.isEmpty()) {
            System.out.println("Nothing was consumed yet.");
            return ExitCode.NOTHING_TO_DO.code();
        }
        chains.forEach(AuditTool::print);
        long published = chains.stream().mapToLong(OffsetChain::published).sum();
        long hidden = rows(files.fs(), files.layout().open());
        long visible = rows(files.fs(), files.layout().warehouse().table(StarSchema.KAFKA));
        System.out.printf(
                Locale.ROOT,
                "Rows: %,d published by manifests; in files %,d visible and %,d of hours still open%n",
                published,
                visible,
                hidden);
        boolean isWhole = hidden + visible >= published
                && chains.stream().allMatch(chain -> chain.faults().isEmpty());
        return isWhole ? ExitCode.OK.code() : ExitCode.CHECKS_FAILED.code();
    }

    private List<OffsetChain> chains(StreamFiles files) throws IOException {
        Manifests manifests = files.manifests(getConf(), Clock.systemUTC(), step -> {});
        List<Manifest> taken = new ArrayList<>(manifests.done());
        for (String epoch : manifests.pending()) {
            Optional<Manifest> pending = manifests.find(epoch);
            pending.ifPresent(manifest ->
                    System.out.printf("Epoch %s is not wholly published yet and not counted%n", manifest.epoch()));
        }
        Map<TopicPartition, List<LostOffsets.Range>> lost = new LostOffsets(files.fs(), files.layout())
                .all().stream()
                        .collect(Collectors.groupingBy(range -> new TopicPartition(range.topic(), range.partition())));
        Map<TopicPartition, List<OffsetRange>> ranges = taken.stream()
                .flatMap(manifest -> manifest.ranges().stream())
                .collect(Collectors.groupingBy(range -> new TopicPartition(range.topic(), range.partition())));
        return ranges.entrySet().stream()
                .map(entry ->
                        OffsetChain.of(entry.getKey(), entry.getValue(), lost.getOrDefault(entry.getKey(), List.of())))
                .sorted(Comparator.comparing(chain -> chain.partition().toString()))
                .toList();
    }

    private static void print(OffsetChain chain) {
        System.out.printf(
                Locale.ROOT,
                "%s: offsets %,d to %,d = %,d published + %,d rejected + %,d tombstones + %,d without a record; %,d lost%n",
                chain.partition(),
                chain.from(),
                chain.to(),
                chain.published(),
                chain.rejected(),
                chain.tombstones(),
                chain.absent(),
                chain.lost());
        chain.faults().forEach(System.out::println);
    }

    private long rows(FileSystem fs, Path root) throws IOException {
        long rows = 0;
        try {
            RemoteIterator<LocatedFileStatus> files = fs.listFiles(root, true);
            while (files.hasNext()) {
                Path file = files.next().getPath();
                if (!file.getName().startsWith(".") && !file.getName().startsWith("_")) {
                    rows += ParquetRows.rowCount(file, getConf());
                }
            }
        } catch (FileNotFoundException e) {
            return rows;
        }
        return rows;
    }
}
