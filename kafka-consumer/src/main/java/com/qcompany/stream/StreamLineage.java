package com.qcompany.stream;

import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.lineage.LineageEvents;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Tells OpenLineage how records of the topic become rows of table kafka, where {@link LineageEvents} are wanted. */
public final class StreamLineage {

    private StreamLineage() {}

    /**
     * Tells of a run.
     *
     * @param run its id among the job's; told again it is the same run
     * @param rows rows that it has written
     */
    public static void tell(Configuration conf, EventType type, String job, String run, long rows) {
        if (!LineageEvents.areWanted(conf)) {
            return;
        }
        LineageEvents events = new LineageEvents(conf);
        String broker = StreamSettings.BOOTSTRAP_SERVERS.get(conf).replaceFirst(",.*", "");
        Table table = StarSchema.KAFKA;
        events.emit(
                type,
                "%s.%s.%s".formatted(events.namespace(), job, run),
                job,
                Instant.now(),
                List.of(events.facets()
                        .newInputDatasetBuilder()
                        .namespace("kafka://" + broker)
                        .name(StreamSettings.TOPIC.get(conf))
                        .build()),
                List.of(events.output(table.name(), table.columns(), Map.of(), rows, null)));
    }
}
