package com.qcompany.batch.monitor;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.MeasuredColumn;
import com.qcompany.batch.publish.StagedFile;
import com.qcompany.batch.quality.ColumnMeasure;
import com.qcompany.batch.quality.Judgement;
import com.qcompany.pages.FeedContract;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.contract.ContractText;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.PublishedFile;
import io.openlineage.client.Clients;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.ColumnLineageDatasetFacetFieldsBuilder;
import io.openlineage.client.OpenLineage.DataQualityMetricsInputDatasetFacetColumnMetricsBuilder;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.InputField;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.OutputStatisticsOutputDatasetFacet;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineageClient;
import io.openlineage.client.OpenLineageClientException;
import io.openlineage.client.transports.FileConfig;
import io.openlineage.client.transports.FileTransport;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Run events of OpenLineage about what was published: what was read and written, with schema, column lineage, counts and
 * quality. They go by the transport that the file {@code q.lineage.config} configures, in the form of openlineage-java, or
 * else line by line to the file {@code q.lineage.file}; with neither set, nowhere. Where that fails the log says so, and the
 * run is what it was.
 */
public final class LineageEvents {
    private static final Logger LOG = LoggerFactory.getLogger(LineageEvents.class);
    private static final URI PRODUCER = URI.create("urn:qcompany:data-platform");

    private final OpenLineage facets = new OpenLineage(PRODUCER);
    private final Configuration conf;
    private final List<FeedContract> contracts;
    private final String namespace;

    private LineageEvents(Configuration conf, List<FeedContract> contracts) {
        this.conf = conf;
        this.contracts = contracts;
        this.namespace = Settings.DATABASE.get(conf);
    }

    /** Tells of a published load: its row of {@code load_runs}, what was measured of each feed, and the files it wrote. */
    public static void loaded(
            Configuration conf,
            FeedCatalog feeds,
            Row run,
            Map<Feed, List<ColumnMeasure>> measured,
            List<Judgement> judgements,
            List<StagedFile> written)
            throws IOException {
        List<String> texts = feeds.texts().stream().map(ContractText::yaml).toList();
        LineageEvents events = new LineageEvents(conf, FeedContract.read(texts));
        List<InputDataset> inputs = new ArrayList<>();
        measured.forEach((feed, columns) -> inputs.add(events.feed(feed, columns, judgements)));
        events.emit(run, inputs, events.tables(written));
    }

    /** Tells of a published merge. */
    public static void merged(Configuration conf, Row run, List<PublishedFile> read, List<StagedFile> written) {
        LineageEvents events = new LineageEvents(conf, List.of());
        List<InputDataset> inputs = read.stream()
                .map(PublishedFile::table)
                .distinct()
                .map(events::input)
                .toList();
        events.emit(run, inputs, events.tables(written));
    }

    /** Tells of a report, by what its columns are made of, as {@code table.column}. */
    public static void reported(Configuration conf, String report, Map<String, Set<String>> columns, long rows) {
        if (!areWanted(conf)) {
            return;
        }
        LineageEvents events = new LineageEvents(conf, List.of());
        List<InputDataset> inputs = StarSchema.TABLES.stream()
                .filter(table -> columns.values().stream()
                        .flatMap(Set::stream)
                        .anyMatch(source -> source.startsWith(table.name() + ".")))
                .map(events::input)
                .toList();
        String job = "report." + report;
        Instant now = Instant.now();
        events.emit(
                job + "-" + now,
                job,
                now.atZone(ZoneOffset.UTC),
                inputs,
                List.of(events.output(
                        job,
                        null,
                        columns,
                        events.facets
                                .newOutputStatisticsOutputDatasetFacetBuilder()
                                .rowCount(rows)
                                .build())));
    }

    /** Whether anybody is told. */
    public static boolean areWanted(Configuration conf) {
        return !Settings.LINEAGE_CONFIG.get(conf).isEmpty()
                || !Settings.LINEAGE_FILE.get(conf).isEmpty();
    }

    private void emit(Row run, List<InputDataset> inputs, List<OutputDataset> outputs) {
        LocalDateTime finished = run.require("finished_at", LocalDateTime.class);
        emit(run.text("run_id"), run.text("command"), finished.atZone(ZoneOffset.UTC), inputs, outputs);
    }

    private void emit(
            String runId, String job, ZonedDateTime finished, List<InputDataset> inputs, List<OutputDataset> outputs) {
        OpenLineage.RunEvent event = facets.newRunEventBuilder()
                .eventTime(finished)
                .eventType(EventType.COMPLETE)
                .run(facets.newRunBuilder()
                        .runId(UUID.nameUUIDFromBytes(runId.getBytes(StandardCharsets.UTF_8)))
                        .build())
                .job(facets.newJobBuilder().namespace(namespace).name(job).build())
                .inputs(inputs)
                .outputs(outputs)
                .build();
        try {
            client().emit(event);
        } catch (OpenLineageClientException e) {
            LOG.warn("Cannot tell of the lineage of {}: {}", runId, e.toString());
        }
    }

    private OpenLineageClient client() {
        String config = Settings.LINEAGE_CONFIG.get(conf);
        return config.isEmpty()
                ? new OpenLineageClient(new FileTransport(new FileConfig(Settings.LINEAGE_FILE.get(conf))))
                : Clients.newClient(() -> List.of(Path.of(config)));
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
        return facets.newInputDatasetBuilder()
                .namespace(namespace)
                .name("raw." + feed.name())
                .facets(facets.newDatasetFacetsBuilder()
                        .schema(schema(feed.fields()))
                        .build())
                .inputFacets(facets.newInputDatasetInputFacetsBuilder()
                        .dataQualityMetrics(facets.newDataQualityMetricsInputDatasetFacetBuilder()
                                .rowCount(records)
                                .columnMetrics(metrics.build())
                                .build())
                        .dataQualityAssertions(facets.newDataQualityAssertionsDatasetFacetBuilder()
                                .assertions(assertions)
                                .build())
                        .build())
                .build();
    }

    private InputDataset input(Table table) {
        return facets.newInputDatasetBuilder()
                .namespace(namespace)
                .name(table.name())
                .facets(facets.newDatasetFacetsBuilder()
                        .schema(schema(table.columns()))
                        .build())
                .build();
    }

    private List<OutputDataset> tables(List<StagedFile> written) {
        Map<Table, List<StagedFile>> byTable = written.stream()
                .collect(Collectors.groupingBy(StagedFile::table, LinkedHashMap::new, Collectors.toList()));
        List<OutputDataset> outputs = new ArrayList<>();
        byTable.forEach((table, files) -> outputs.add(output(
                table.name(),
                schema(table.columns()),
                sources(table),
                facets.newOutputStatisticsOutputDatasetFacetBuilder()
                        .rowCount(files.stream().mapToLong(StagedFile::rows).sum())
                        .fileCount((long) files.size())
                        .build())));
        return outputs;
    }

    /** What was written, with what its columns are made of, as {@code dataset.column}. */
    private OutputDataset output(
            String name,
            OpenLineage.@Nullable SchemaDatasetFacet schema,
            Map<String, Set<String>> columns,
            OutputStatisticsOutputDatasetFacet statistics) {
        ColumnLineageDatasetFacetFieldsBuilder fields = facets.newColumnLineageDatasetFacetFieldsBuilder();
        columns.forEach((column, sources) -> fields.put(
                column,
                facets.newColumnLineageDatasetFacetFieldsAdditionalBuilder()
                        .inputFields(sources.stream().map(this::inputField).toList())
                        .build()));
        return facets.newOutputDatasetBuilder()
                .namespace(namespace)
                .name(name)
                .facets(facets.newDatasetFacetsBuilder()
                        .schema(schema)
                        .columnLineage(
                                columns.isEmpty()
                                        ? null
                                        : facets.newColumnLineageDatasetFacetBuilder()
                                                .fields(fields.build())
                                                .build())
                        .build())
                .outputFacets(facets.newOutputDatasetOutputFacetsBuilder()
                        .outputStatistics(statistics)
                        .build())
                .build();
    }

    private InputField inputField(String source) {
        int dot = source.lastIndexOf('.');
        return facets.newInputFieldBuilder()
                .namespace(namespace)
                .name(source.substring(0, dot))
                .field(source.substring(dot + 1))
                .build();
    }

    private OpenLineage.SchemaDatasetFacet schema(List<Column> columns) {
        return facets.newSchemaDatasetFacet(columns.stream()
                .map(column -> facets.newSchemaDatasetFacetFieldsBuilder()
                        .name(column.name())
                        .type(column.type().hiveName())
                        .description(column.comment())
                        .build())
                .toList());
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
