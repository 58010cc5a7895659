package com.qcompany.stream.replay;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.event.RejectedEvents;
import com.qcompany.stream.kafka.KafkaClients;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.ErasedCustomers;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Sends rejected events of table rejected_events again, those of a file that have the same code in one transaction.
 *
 * <p>What was sent is known twice: by an offset that the transaction itself commits to a group named for file and code,
 * and from then on by an empty file {@code stream/replayed/FILE.CODE}, because Kafka forgets positions of groups without
 * members. All events of an hour are those of every code, so that none is sent again that one code's replay has sent.
 * What is left of events of erased customers is not sent.
 */
final class TableReplay {

    private final StreamFiles stream;
    private final Configuration conf;
    private final Optional<String> code;

    /** @param code the only reason whose events are sent; empty: all */
    TableReplay(Configuration conf, Optional<String> code) throws IOException {
        this.stream = StreamFiles.of(conf);
        this.conf = conf;
        this.code = code;
    }

    /**
     * Sends the events of an hour that were not sent yet.
     *
     * @param hour {@code uuuu-MM-dd-HH} of the records' time, UTC
     * @return events sent
     */
    long replay(String hour) throws IOException, InterruptedException {
        String checked = EventHour.parse(hour).toString();
        Path partition = stream.warehouse().partition(StarSchema.REJECTED_EVENTS, List.of(checked));
        try (Admin admin = KafkaClients.admin(conf);
                ReplayProducer producer =
                        new ReplayProducer(conf, StreamSettings.GROUP.get(conf) + "-replay-" + checked, admin)) {
            for (Path file : ImmutableFiles.list(stream.fs(), partition)) {
                for (String wanted : codes(file)) {
                    replay(file, wanted, producer, admin);
                }
            }
            return producer.awaitReadable();
        }
    }

    private void replay(Path file, String wanted, ReplayProducer producer, Admin admin) throws IOException {
        String name = Layout.publishedAs(file) + "." + wanted;
        Path marker = stream.path("replayed/" + name);
        String group = "q-replay-" + name;
        if (stream.fs().exists(marker)) {
            return;
        }
        TopicOffsets sent = new TopicOffsets(admin, StreamSettings.TOPIC.get(conf), group);
        if (sent.positionsInAllTopics().isEmpty()) {
            send(file, wanted, group, producer);
        }
        stream.fs().create(marker, true).close();
    }

    private void send(Path file, String wanted, String group, ReplayProducer producer) throws IOException {
        producer.sendAll(
                () -> ParquetRows.forEach(ParquetRows.reader(StarSchema.REJECTED_EVENTS, file, conf), row -> {
                    if (code(row).equals(wanted) && !row.text("raw_value").equals(ErasedCustomers.ERASED)) {
                        producer.send(RejectedEvents.record(row));
                    }
                }),
                Map.of(new TopicPartition(StreamSettings.TOPIC.get(conf), 0), new OffsetAndMetadata(1)),
                new ConsumerGroupMetadata(group));
    }

    /** The codes of a file's rows, each of which has one, that are asked for. */
    private Set<String> codes(Path file) throws IOException {
        Set<String> codes = new TreeSet<>();
        Table codeOnly = StarSchema.REJECTED_EVENTS.project(List.of("rule_codes"));
        ParquetRows.forEach(ParquetRows.reader(codeOnly, file, conf), row -> codes.add(code(row)));
        code.ifPresent(only -> codes.retainAll(Set.of(only)));
        return codes;
    }

    private static String code(Row row) {
        return (String) row.require("rule_codes", List.class).get(0);
    }
}
