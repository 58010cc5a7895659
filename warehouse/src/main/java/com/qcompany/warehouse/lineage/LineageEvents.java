package com.qcompany.warehouse.lineage;

import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.Table;
import io.openlineage.client.Clients;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.ColumnLineageDatasetFacetFieldsBuilder;
import io.openlineage.client.OpenLineage.DatasetFacetsBuilder;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.InputField;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineage.SchemaDatasetFacetFields;
import io.openlineage.client.OpenLineageClient;
import io.openlineage.client.transports.FileConfig;
import io.openlineage.client.transports.FileTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Run events of OpenLineage: what was read and written, with schemas and counts. They go by the transport that the file
 * {@code q.lineage.config} configures, in the form of openlineage-java, or else line by line to the file
 * {@code q.lineage.file}; with neither set, nowhere. Where that fails the log says so, and the run is what it was.
 */
public final class LineageEvents {
    private static final Logger LOG = LoggerFactory.getLogger(LineageEvents.class);
    private static final URI PRODUCER = URI.create("urn:qcompany:data-platform");

    private final OpenLineage facets = new OpenLineage(PRODUCER);
    private final Configuration conf;
    private final String namespace;

    public LineageEvents(Configuration conf) {
        this.conf = conf;
        this.namespace = Settings.DATABASE.get(conf);
    }

    /** Whether anybody is told; nothing else here is to be used where nobody is. */
    public static boolean areWanted(Configuration conf) {
        return !Settings.LINEAGE_CONFIG.get(conf).isEmpty()
                || !Settings.LINEAGE_FILE.get(conf).isEmpty();
    }

    /** Makes what is said of a dataset. */
    public OpenLineage facets() {
        return facets;
    }

    /** The namespace of jobs and tables: the database. */
    public String namespace() {
        return namespace;
    }

    /** Tells of a run; the same id is the same run, whoever tells. */
    public void emit(
            EventType type,
            String runId,
            String job,
            Instant time,
            List<InputDataset> inputs,
            List<OutputDataset> outputs) {
        OpenLineage.RunEvent event = facets.newRunEvent(
                time.atZone(ZoneOffset.UTC),
                type,
                facets.newRun(UUID.nameUUIDFromBytes(runId.getBytes(StandardCharsets.UTF_8)), null),
                facets.newJob(namespace, job, null),
                inputs,
                outputs);
        try (OpenLineageClient client = client()) {
            client.emit(event);
        } catch (Exception e) { // whatever a transport throws, also when it is closed
            LOG.warn("Cannot tell of the lineage of {}: {}", runId, e.toString());
        }
    }

    private OpenLineageClient client() {
        String config = Settings.LINEAGE_CONFIG.get(conf);
        return config.isEmpty()
                ? new OpenLineageClient(new FileTransport(new FileConfig(Settings.LINEAGE_FILE.get(conf))))
                : Clients.newClient(() -> List.of(Path.of(config)));
    }

    public InputDataset input(Table table) {
        return facets.newInputDataset(
                namespace, table.name(), described(table.columns()).build(), null);
    }

    /**
     * What was written.
     *
     * @param schema its columns, none where they are not known
     * @param columns what each is made of, as {@code dataset.column}, where that is known
     * @param files how many, where they are counted
     */
    public OutputDataset output(
            String name, List<Column> schema, Map<String, Set<String>> columns, long rows, @Nullable Long files) {
        ColumnLineageDatasetFacetFieldsBuilder fields = facets.newColumnLineageDatasetFacetFieldsBuilder();
        columns.forEach((column, sources) -> fields.put(
                column,
                facets.newColumnLineageDatasetFacetFieldsAdditional(
                        sources.stream().map(this::inputField).toList(), null, null)));
        return facets.newOutputDataset(
                namespace,
                name,
                described(schema)
                        .columnLineage(
                                columns.isEmpty() ? null : facets.newColumnLineageDatasetFacet(fields.build(), null))
                        .build(),
                facets.newOutputDatasetOutputFacetsBuilder()
                        .outputStatistics(facets.newOutputStatisticsOutputDatasetFacetBuilder()
                                .rowCount(rows)
                                .fileCount(files)
                                .build())
                        .build());
    }

    private InputField inputField(String source) {
        int dot = source.lastIndexOf('.');
        return facets.newInputField(namespace, source.substring(0, dot), source.substring(dot + 1), null);
    }

    /** What is said of a dataset of some columns; nothing of none. */
    public DatasetFacetsBuilder described(List<Column> columns) {
        List<SchemaDatasetFacetFields> fields = columns.stream()
                .map(column -> facets.newSchemaDatasetFacetFields(
                        column.name(), column.type().hiveName(), column.comment(), null, null))
                .toList();
        return facets.newDatasetFacetsBuilder().schema(fields.isEmpty() ? null : facets.newSchemaDatasetFacet(fields));
    }
}
