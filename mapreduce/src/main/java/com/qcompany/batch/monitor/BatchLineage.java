package com.qcompany.batch.monitor;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.MeasuredColumn;
import com.qcompany.batch.quality.ColumnMeasure;
import com.qcompany.batch.quality.Judgement;
import com.qcompany.pages.FeedContract;
import com.qcompany.warehouse.contract.ContractText;
import com.qcompany.warehouse.lineage.LineageEvents;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.DataQualityMetricsInputDatasetFacetColumnMetricsBuilder;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Tells OpenLineage of loads, merges and reports, where {@link LineageEvents} are wanted. */
public final class BatchLineage {
    private final LineageEvents events;
    private final OpenLineage facets;
    private final List<FeedContract> contracts;

    private BatchLineage(Configuration conf, List<FeedContract> contracts) {
        this.events = new LineageEvents(conf);
        this.facets = events.facets();
        this.contracts = contracts;
    }

    /** Tells of a published load: its row of {@code load_runs}, what was measured of each feed, and the files it wrote. */
    public static void loaded(
            Configuration conf,
            FeedCatalog feeds,
            Row run,
            Map<Feed, List<ColumnMeasure>> measured,
            List<Judgement> judgements,
            List<DataFile> written)
            throws IOException {
        List<String> texts = feeds.texts().stream().map(ContractText::yaml).toList();
        BatchLineage lineage = new BatchLineage(conf, FeedContract.read(texts));
        List<InputDataset> inputs = new ArrayList<>();
        measured.forEach((feed, columns) -> inputs.add(lineage.feed(feed, columns, judgements)));
        lineage.emit(run, inputs, lineage.tables(written));
    }

    public static void merged(Configuration conf, Row run, List<DataFile> read, List<DataFile> written) {
        BatchLineage lineage = new BatchLineage(conf, List.of());
        List<InputDataset> inputs = read.stream()
                .map(DataFile::table)
                .distinct()
                .map(lineage.events::input)
                .toList();
        lineage.emit(run, inputs, lineage.tables(written));
    }

    /** Tells of a report, by what its columns are made of, as {@code table.column}. */
    public static void reported(Configuration conf, String report, Map<String, Set<String>> columns, long rows) {
        if (!LineageEvents.areWanted(conf)) {
            return;
        }
        LineageEvents events = new LineageEvents(conf);
        List<InputDataset> inputs = StarSchema.TABLES.stream()
                .filter(table -> columns.values().stream()
                        .flatMap(Set::stream)
                        .anyMatch(source -> source.startsWith(table.name() + ".")))
                .map(events::input)
                .toList();
        String job = "report." + report;
        Instant now = Instant.now();
        OutputDataset output = events.output(job, List.of(), columns, rows, null);
        events.emit(EventType.COMPLETE, job + "-" + now, job, now, inputs, List.of(output));
    }

    private void emit(Row run, List<InputDataset> inputs, List<OutputDataset> outputs) {
        LocalDateTime finished = run.require("finished_at", LocalDateTime.class);
        events.emit(
                EventType.COMPLETE,
                run.text("run_id"),
                run.text("command"),
                finished.toInstant(ZoneOffset.UTC),
                inputs,
                outputs);
    }

    private InputDataset feed(Feed feed, List<ColumnMeasure> columns, List<Judgement> judgements) {
        DataQualityMetricsInputDatasetFacetColumnMetricsBuilder metrics =
                facets.newDataQualityMetricsInputDatasetFacetColumnMetricsBuilder();
        long records = 0;
        for (ColumnMeasure column : columns) {
            Map<String, BigDecimal> numbers = column.numbers();
            if (column.name().equals(MeasuredColumn.WHOLE)) {
                records = numbers.getOrDefault(MeasuredColumn.RECORDS, BigDecimal.ZERO)
                        .longValue();
                continue;
            }
            metrics.put(
                    column.name(),
                    facets.newDataQualityMetricsInputDatasetFacetColumnMetricsAdditionalBuilder()
                            .nullCount(column.absent())
                            .distinctCount(rounded(numbers.get(MeasuredColumn.DISTINCT)))
                            .min(real(numbers.get(MeasuredColumn.MIN)))
                            .max(real(numbers.get(MeasuredColumn.MAX)))
                            .build());
        }
        List<OpenLineage.DataQualityAssertionsDatasetFacetAssertions> assertions = judgements.stream()
                .filter(judgement -> judgement.metric().text("feed").equals(feed.name()))
                .map(judgement -> facets.newDataQualityAssertionsDatasetFacetAssertionsBuilder()
                        .assertion(judgement.expectation().name())
                        .success(!judgement.isFailure() && !judgement.isWarning())
                        .column(judgement.metric().text("column_name"))
                        .build())
                .toList();
        return facets.newInputDataset(
                events.namespace(),
                "raw." + feed.name(),
                events.described(feed.fields()).build(),
                facets.newInputDatasetInputFacetsBuilder()
                        .dataQualityMetrics(facets.newDataQualityMetricsInputDatasetFacetBuilder()
                                .rowCount(records)
                                .columnMetrics(metrics.build())
                                .build())
                        .dataQualityAssertions(facets.newDataQualityAssertionsDatasetFacet(assertions))
                        .build());
    }

    private List<OutputDataset> tables(List<DataFile> written) {
        Map<Table, List<DataFile>> byTable = written.stream()
                .collect(Collectors.groupingBy(DataFile::table, LinkedHashMap::new, Collectors.toList()));
        List<OutputDataset> outputs = new ArrayList<>();
        byTable.forEach((table, files) -> outputs.add(events.output(
                table.name(),
                table.columns(),
                sources(table),
                files.stream().mapToLong(DataFile::rows).sum(),
                (long) files.size())));
        return outputs;
    }

    /** The columns of files of which the contracts say that they fill the table's. */
    private Map<String, Set<String>> sources(Table table) {
        // A delta has the rows that the view of sales shows.
        String filled = table.equals(StarSchema.SALES_DELTA) ? StarSchema.SALES_TRANSACTIONS_FACT.name() : table.name();
        Map<String, Set<String>> columns = new TreeMap<>();
        for (FeedContract contract : contracts) {
            for (Column column : contract.outputs().containsKey(filled) ? table.columns() : List.<Column>of()) {
                Set<String> sources = contract.sources(filled, column.name()).stream()
                        .map(source -> "raw." + contract.name() + "." + source)
                        .collect(Collectors.toSet());
                if (!sources.isEmpty()) {
                    columns.put(column.name(), sources);
                }
            }
        }
        return columns;
    }

    private static @Nullable Long rounded(@Nullable BigDecimal number) {
        return number == null ? null : number.longValue();
    }

    private static @Nullable Double real(@Nullable BigDecimal number) {
        return number == null ? null : number.doubleValue();
    }
}
